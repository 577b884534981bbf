import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { prepareSchema } from '../src/open-photo-library.ts';
import { migrateSchema } from '../src/schema/migrate.ts';
import { openTestLibrary } from '../src/testing/index.ts';

test('migrating again does nothing', async () => {
  await using opened = await openTestLibrary();
  expect(await migrateSchema(opened.context.db)).toEqual([]);
});

test('a database of another age is refused: a newer one, and an older one that must not be migrated', async () => {
  await using opened = await openTestLibrary();
  const { db } = opened.context;
  await sql`UPDATE schema_migrations SET version = 1000`.execute(db);
  await expect(prepareSchema(db, true)).rejects.toMatchObject({ code: 'SCHEMA_TOO_NEW' });
  await sql`UPDATE schema_migrations SET version = 0`.execute(db);
  await expect(prepareSchema(db, false)).rejects.toMatchObject({ code: 'SCHEMA_TOO_OLD' });
});
