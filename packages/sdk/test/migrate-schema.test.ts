import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { findReplayDifferences } from '../src/identity/replay.ts';
import { prepareSchema } from '../src/open-photo-library.ts';
import { migrateSchema } from '../src/schema/migrate.ts';
import { peopleByEntry } from '../src/schema/migrations/0011-people-by-entry.ts';
import { facesByHand } from '../src/schema/migrations/0020-faces-by-hand.ts';
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

test('what was said of pairs of faces in an older library enters the journal', async () => {
  await using opened = await openTestLibrary();
  const { db, libraryId } = opened.context;
  const [[a, b, c]] = (await addPhotos(opened.context, [3])) as [[string, string, string]];
  await sql`DROP TABLE former_face_embeddings, former_faces`.execute(db);
  await sql`ALTER TABLE identity_events DROP COLUMN other_face_id`.execute(db);
  const said = (one: string, other: string, isSame: boolean) => {
    const [face_id, other_face_id] = [one, other].toSorted() as [string, string];
    return { face_id, other_face_id, library_id: libraryId, is_same: isSame };
  };
  await db
    .insertInto('face_group_says')
    .values([said(a, b, true), said(a, c, false)])
    .execute();
  for (const statement of facesByHand) await sql.raw(statement).execute(db);
  expect(await findReplayDifferences(opened.context)).toEqual([]);
  const [entry] = await opened.library.labels.history({ faceId: c });
  expect(entry).toMatchObject({ kind: 'pair_set', after: { isSame: false } });
  const { batchId } = entry!;
  expect(await opened.library.labels.undo({ batchId, actor: 'mia' })).toMatchObject({ events: 2 });
  expect(await findReplayDifferences(opened.context)).toEqual([]);
});
