import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { diagnoseLibrary } from '../src/diagnose/diagnose-library.ts';
import { createLibraryContext } from '../src/library/library-context.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { sampleAnalyzed, sampleFace } from './support/sample-photos.ts';

let opened: TestLibrary;
let faces: string[];
let people: string[];

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

/** A sound little library: two photos, three faces, a label, a rejection, a merge. */
beforeEach(async () => {
  await opened.clear();
  const { library } = opened;
  const box = { x: 10, y: 10, width: 100, height: 100 };
  const saved = await library.photos.saveAnalyzed([
    sampleAnalyzed('a', [sampleFace(box), sampleFace({ ...box, x: 300 })]),
    sampleAnalyzed('b', [sampleFace(box)]),
  ]);
  faces = saved.flatMap((photo) => photo.faceIds);
  people = [];
  for (const displayName of ['Ada', 'Bob', 'Cid']) people.push((await library.people.create({ displayName })).personId);
  await library.labels.confirm({ faceId: faces[0]!, personId: people[0]!, actor: 'me' });
  await library.labels.reject({ faceId: faces[1]!, personId: people[0]!, actor: 'me' });
  await library.people.merge({ fromId: people[2]!, intoId: people[1]!, actor: 'me' });
});

async function problems(): Promise<string[]> {
  return (await opened.library.diagnose())
    .filter((diagnosis) => diagnosis.status === 'error')
    .map((diagnosis) => diagnosis.check);
}

test('a sound library has no errors, and every check says something', async () => {
  expect(await problems()).toEqual([]);
  const diagnoses = await opened.library.diagnose();
  expect(diagnoses.every((diagnosis) => diagnosis.message.length > 10)).toBe(true);
  expect(new Set(diagnoses.map((diagnosis) => diagnosis.check)).size).toBe(diagnoses.length);
});

/** Constraints and triggers would refuse the damage: it is done as by a disk, with the checks of the tables away. */
const damages: { desc: string; checks: string[]; damage: () => string[] }[] = [
  {
    desc: 'a content stored as two photos',
    checks: ['photo-identity'],
    damage: () => [
      'ALTER TABLE photos DROP CONSTRAINT photos_library_id_sha256_key',
      `UPDATE photos SET sha256 = (SELECT min(sha256::text)::bytea FROM photos)`,
    ],
  },
  {
    desc: 'a photo that is gone from under its faces',
    checks: ['face-photo'],
    damage: () => ["DELETE FROM photos WHERE path LIKE '%b.jpg'"],
  },
  {
    desc: 'a face without its vector',
    checks: ['face-embedding'],
    damage: () => [`DELETE FROM face_embeddings WHERE face_id = '${faces[0]}'`],
  },
  {
    desc: 'a vector of the wrong length',
    checks: ['face-embedding'],
    damage: () => [
      'ALTER TABLE face_embeddings DROP CONSTRAINT face_embeddings_check',
      `UPDATE face_embeddings SET embedding = '[1,2]' WHERE face_id = '${faces[0]}'`,
    ],
  },
  {
    desc: 'a face stored twice',
    checks: ['face-duplicates'],
    damage: () => [`UPDATE faces SET bbox_x = 11 WHERE face_id = '${faces[1]}'`],
  },
  {
    desc: 'a label on another photo',
    checks: ['label-place'],
    damage: () => [`UPDATE face_labels SET photo_id = (SELECT photo_id FROM faces WHERE face_id = '${faces[2]}')`],
  },
  {
    desc: 'a label of somebody merged away',
    checks: ['label-person', 'journal'],
    damage: () => [`UPDATE face_labels SET person_id = '${people[2]}'`],
  },
  {
    desc: 'a circle of merges',
    checks: ['merges', 'journal'],
    damage: () => [`UPDATE people SET merged_into = '${people[2]}' WHERE person_id = '${people[1]}'`],
  },
  {
    desc: 'a box outside its photo',
    checks: ['face-box'],
    damage: () => [`UPDATE faces SET bbox_w = 5000 WHERE face_id = '${faces[2]}'`],
  },
  { desc: 'a label that the journal does not know', checks: ['journal'], damage: () => [`DELETE FROM face_labels`] },
  { desc: 'a wrong count of faces', checks: ['face-count'], damage: () => ['UPDATE photos SET faces_count = 7'] },
];

test.each(damages)('$desc is found', async ({ checks, damage }) => {
  const { db } = opened.context;
  const undo = new Error('undo');
  const found = db.transaction().execute(async (transaction) => {
    await sql`SET LOCAL session_replication_role = replica`.execute(transaction);
    for (const statement of damage()) await sql.raw(statement).execute(transaction);
    const context = createLibraryContext(transaction, opened.context.libraryId, opened.context.settings);
    const diagnoses = await diagnoseLibrary(context, opened.library.database, {});
    expect(diagnoses.filter((diagnosis) => diagnosis.status === 'error').map((diagnosis) => diagnosis.check)).toEqual(checks);
    throw undo;
  });
  await expect(found).rejects.toBe(undo);
});

test('tables that the role may not read and write are named, with the statements that help', async () => {
  const { db, libraryId, settings } = opened.context;
  const undo = new Error('undo');
  const role = `reader_${libraryId.replaceAll('-', '_')}`;
  const found = db.transaction().execute(async (transaction) => {
    const run = (statement: string) => sql.raw(statement).execute(transaction);
    await run(`CREATE ROLE ${role}`);
    await run(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`);
    await run(`GRANT INSERT, UPDATE, DELETE ON photos TO ${role}`);
    const diagnoseAsRole = async () => {
      await run('SAVEPOINT before');
      await run(`SET LOCAL ROLE ${role}`);
      const diagnoses = await diagnoseLibrary(
        createLibraryContext(transaction, libraryId, settings),
        opened.library.database,
        {},
      );
      // What the role may not do spoils the transaction.
      await run('ROLLBACK TO SAVEPOINT before');
      return diagnoses.find(({ check }) => check === 'permissions')!;
    };
    const { status, message, remedy } = await diagnoseAsRole();
    expect({ status, message }).toEqual({ status: 'error', message: expect.stringContaining(' face_labels, ') });
    expect(message).not.toContain('photos');
    expect(remedy).toContain(`GRANT SELECT, INSERT ON identity_events TO ${role};`);
    for (const statement of remedy!.match(/GRANT [^;]+/g)!) await run(statement);
    expect(await diagnoseAsRole()).toMatchObject({ status: 'ok' });
    throw undo;
  });
  await expect(found).rejects.toBe(undo);
});

test('a newer schema and a lost connection are diagnoses, not exceptions', async () => {
  const { db } = opened.context;
  await sql`INSERT INTO schema_migrations (version, name) VALUES (1000, 'of a later age')`.execute(db);
  expect(await problems()).toEqual(['migrations']);
  await sql`DELETE FROM schema_migrations WHERE version = 1000`.execute(db);
  const closed = await openTestLibrary();
  await closed.close();
  const diagnoses = await closed.library.diagnose();
  expect(diagnoses).toMatchObject([{ check: 'connection', status: 'error', message: expect.stringContaining('closed') }]);
});
