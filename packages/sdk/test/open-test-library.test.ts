import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openTestLibrary } from '../src/testing/index.ts';

test('a test library is migrated and empty', async () => {
  await using library = await openTestLibrary();
  const { rows } = await sql<{ photos: bigint; name: string }>`
    SELECT (SELECT count(*) FROM photos) AS photos, name FROM libraries`.execute(library.context.db);
  expect(rows).toEqual([{ photos: 0n, name: 'default' }]);
});
