import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PHOTO_COLUMNS } from '../src/schema/photo-columns.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

test('every column of the migrated table is declared, and nothing else is', async () => {
  const { rows } = await sql<{ name: string }>`
    SELECT column_name AS name FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = 'photos'`.execute(opened.context.db);
  expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(PHOTO_COLUMNS).toSorted());
});
