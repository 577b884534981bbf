import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { prepareSchema } from '../src/open-photo-library.ts';
import { migrateSchema } from '../src/schema/migrate.ts';
import { peopleByEntry } from '../src/schema/migrations/0011-people-by-entry.ts';
import { openTestLibrary } from '../src/testing/index.ts';
import { addPhotos } from './support/sample-library.ts';

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

test('people of an older library get the journal entry that last changed them', async () => {
  await using opened = await openTestLibrary();
  const { people, labels } = opened.library;
  const { db } = opened.context;
  const [anna, bert] = await Promise.all(['Anna', 'Bert'].map((displayName) => people.create({ displayName, actor: 'mia' })));
  const [[face]] = (await addPhotos(opened.context, [1])) as [[string]];
  await people.rename(anna!.personId, 'Anne', { actor: 'mia' });
  await labels.confirm({ faceId: face, personId: anna!.personId, actor: 'mia' });
  await people.merge({ fromId: bert!.personId, intoId: anna!.personId, actor: 'mia' });
  const before = await Promise.all([anna!, bert!].map(({ personId }) => people.get(personId)));
  await sql`ALTER TABLE people DROP COLUMN event_id`.execute(db);
  for (const statement of peopleByEntry) await sql.raw(statement).execute(db);
  expect(await Promise.all([anna!, bert!].map(({ personId }) => people.get(personId)))).toEqual(before);
});
