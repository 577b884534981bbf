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
  await sql`INSERT INTO schema_migrations (version, name) VALUES (1000, 'of a later age')`.execute(db);
  await expect(prepareSchema(db, true)).rejects.toMatchObject({ code: 'SCHEMA_TOO_NEW' });
  await sql`DELETE FROM schema_migrations`.execute(db);
  await expect(prepareSchema(db, false)).rejects.toMatchObject({ code: 'SCHEMA_TOO_OLD' });
});
