import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createIngestRuns } from '../src/catalog/ingest-runs.ts';
import { changesSince, type LibraryStamp, readStamp } from '../src/library/library-changes.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addPhotos, guess, openSampleLibrary } from './support/sample-library.ts';
import { sampleAnalyzed } from './support/sample-photos.ts';

const actor = 'mia';
let opened: TestLibrary;
let library: Awaited<ReturnType<typeof openSampleLibrary>>;
let context: LibraryContext;
let face: string;
let photo: string;
let other: string;
let ada: string;
let stamp: LibraryStamp;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

beforeEach(async () => {
  library = await openSampleLibrary(opened.context);
  context = library.context;
  [[face], [other]] = (await addPhotos(context, [1, 1])) as [[string], [string]];
  photo = (await context.db.selectFrom('faces').select('photo_id').where('face_id', '=', face).executeTakeFirstOrThrow())
    .photo_id;
  ada = (await library.people.create({ displayName: 'Ada' })).personId;
  stamp = await readStamp(context);
});

async function changes() {
  const { isNews, faceIds, photoIds } = (await changesSince(context, stamp))!;
  return { isNews, faces: [...faceIds], photos: [...photoIds] };
}
const setPhoto = (columns: Record<string, unknown>) =>
  context.db.updateTable('photos').set(columns).where('photo_id', '=', photo).execute();

test('without a change there is no news', async () => {
  expect(await changes()).toEqual({ isNews: false, faces: [], photos: [] });
});

describe('news is', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['a label', () => library.labels.confirm({ faceId: face, personId: ada, actor })],
    ['a guess', () => library.labels.apply({ faceId: face, personId: ada, ...guess })],
    ['a rejection', () => library.labels.reject({ faceId: face, personId: ada, actor })],
    ['a face set aside', () => library.labels.ignore({ faceIds: [face], actor })],
    [
      'a vector that is replaced',
      () => sql`UPDATE face_embeddings SET embedding = '[0,1,0,0]' WHERE face_id = ${face}`.execute(context.db),
    ],
    ['a vector that goes', () => context.db.deleteFrom('face_embeddings').where('face_id', '=', face).execute()],
    ['a face that goes', () => context.db.deleteFrom('faces').where('face_id', '=', face).execute()],
    ['a photo that goes with its face', () => context.db.deleteFrom('photos').where('photo_id', '=', photo).execute()],
  ])('%s, about the face', async (_, change) => {
    await change();
    expect(await changes()).toEqual({ isNews: true, faces: [face], photos: [] });
  });

  test('a face that comes, and one that is found again', async () => {
    const item = sampleAnalyzed(`news in ${context.libraryId}`);
    const faceIds = (await library.photos.saveAnalyzed([item]))[0]!.faceIds;
    expect(await changes()).toEqual({ isNews: true, faces: faceIds, photos: [] });
    stamp = await readStamp(context);
    await library.photos.saveAnalyzed([item]);
    expect(await changes()).toMatchObject({ isNews: true, faces: faceIds });
  });

  test.each([
    { missing_since: new Date() },
    { deleted_ts: new Date() },
    { shot_ts: new Date(0) },
    { shot_local: '1999-12-31 23:59:00' },
    { latitude: 48.2, longitude: 16.4 },
    { place_city: 'Wien' },
  ])('%j, about the photo', async (columns) => {
    await setPhoto(columns);
    expect(await changes()).toEqual({ isNews: true, faces: [], photos: [photo] });
  });

  test('what is known of a person, about no face', async () => {
    await library.people.update(ada, { birthDate: '2001-02-03' });
    expect(await changes()).toEqual({ isNews: true, faces: [], photos: [] });
  });
});

describe('no news is', () => {
  test.each([{ title: 'On the beach' }, { rating: 5 }, { path: '/elsewhere.jpg' }, { missing_since: null }])(
    '%j',
    async (columns) => {
      await setPhoto(columns);
      expect(await changes()).toMatchObject({ isNews: false });
    },
  );

  test('what happens in another library', async () => {
    const neighbour = await openSampleLibrary(opened.context);
    await addPhotos(neighbour.context, [2]);
    expect(await changes()).toMatchObject({ isNews: false });
  });

  test('what was rolled back', async () => {
    const failing = context.transaction(async (transaction) => {
      await transaction.db.deleteFrom('faces').where('face_id', '=', face).execute();
      throw new Error('enough');
    });
    await expect(failing).rejects.toThrow('enough');
    expect(await changes()).toMatchObject({ isNews: false });
  });

  test('what the server that a database was copied from had numbered higher', async () => {
    await sql`INSERT INTO library_changes (library_id, xid, face_ids)
      VALUES (${context.libraryId}, (pg_current_xact_id()::text::bigint + 1000000000)::text::xid8, ARRAY[${face}]::uuid[])`.execute(
      context.db,
    );
    expect(await changes()).toMatchObject({ isNews: false });
  });
});

test('each change is news once, from one stamp to the next', async () => {
  await library.labels.confirm({ faceId: face, personId: ada, actor });
  const first = (await changesSince(context, stamp))!;
  await library.labels.reject({ faceId: other, personId: ada, actor });
  const second = (await changesSince(context, first.stamp))!;
  expect([[...first.faceIds], [...second.faceIds]]).toEqual([[face], [other]]);
  expect((await changesSince(context, second.stamp))!.isNews).toBe(false);
  expect(second.stamp.journalSeq).toBe(first.stamp.journalSeq + 1n);
});

test('a stamp of the day before yesterday is too old to tell', async () => {
  const { rows } = await sql<{ readAt: string }>`SELECT (now() - interval '2 days')::text AS "readAt"`.execute(context.db);
  expect(await changesSince(context, { ...stamp, readAt: rows[0]!.readAt })).toBeNull();
});

test('a run forgets what changed more than a week ago, and nothing newer', async () => {
  const ages = async () =>
    (
      await sql<{ days: number }>`
        SELECT extract(day FROM now() - created_ts)::int AS days FROM library_changes
        WHERE library_id = ${context.libraryId} AND created_ts < now() - interval '1 day' ORDER BY 1`.execute(context.db)
    ).rows.map(({ days }) => days);
  await sql`INSERT INTO library_changes (library_id, created_ts)
    SELECT ${context.libraryId}, now() - make_interval(days => days) FROM unnest(ARRAY[3, 6, 8, 400]) AS days`.execute(
    context.db,
  );
  expect(await ages()).toEqual([3, 6, 8, 400]);
  await createIngestRuns(context).start({ config: {}, versions: {} });
  expect(await ages()).toEqual([3, 6]);
});

test.runIf(process.env.TEST_DATABASE_URL)('a transaction that began before the stamp is news once it is committed', async () => {
  const [begun, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = context.transaction(async (transaction) => {
    await transaction.db.deleteFrom('face_embeddings').where('face_id', '=', face).execute();
    begun.resolve();
    await mayEnd.promise;
  });
  await begun.promise;
  const before = await readStamp(context);
  await library.labels.confirm({ faceId: other, personId: ada, actor });
  const meanwhile = (await changesSince(context, before))!;
  mayEnd.resolve();
  await slow;
  const after = (await changesSince(context, meanwhile.stamp))!;
  expect([[...meanwhile.faceIds], [...after.faceIds]]).toEqual([[other], [face]]);
});
