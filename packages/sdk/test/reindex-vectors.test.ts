import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddingSpaceToSave, SpaceMismatchError } from '../src/index.ts';
import { EXACT_SCAN_MAX_ROWS } from '../src/search/find-nearest-faces.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { sampleAnalyzed, sampleFace, sampleSpace } from './support/sample-photos.ts';

const space: EmbeddingSpaceToSave = { ...sampleSpace, name: 'sample-16d', dimension: 16 };
let opened: TestLibrary;
let photoIds: string[];

/** Clusters of points, as faces of people are: the same for every run. */
function vectors(count: number, seed: number): number[][] {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const centres = Array.from({ length: 300 }, () => Array.from({ length: 16 }, random));
  return Array.from({ length: count }, (_, i) => centres[i % centres.length]!.map((value) => value + (random() - 0.5) * 0.3));
}

async function addFaces(count: number, seed: number): Promise<void> {
  const rows = vectors(count, seed).map((embedding, i) => ({
    photoId: photoIds[i % photoIds.length]!,
    face: sampleFace({ x: Math.floor(i / photoIds.length), y: 0, width: 20, height: 20 }, embedding, {
      detector: `seed ${seed}`,
      crop: null,
    }),
  }));
  await opened.library.faces.saveMany(rows, space);
}

interface Index {
  name: string;
  definition: string;
}

async function indexes(): Promise<Index[]> {
  const { rows } = await sql<Index>`
    SELECT indexname AS name, indexdef AS definition FROM pg_indexes
    WHERE tablename = 'face_embeddings' AND indexdef ~ 'hnsw|ivfflat' ORDER BY indexname`.execute(opened.context.db);
  return rows;
}

beforeAll(async () => {
  opened = await openTestLibrary();
  const photos = Array.from({ length: 100 }, (_, i) => sampleAnalyzed(`photo ${i}`, []));
  photoIds = (await opened.library.photos.saveAnalyzed(photos)).map((photo) => photo.photoId);
});
afterAll(() => opened.close());

test('a space with few vectors gets no index, and the reason is said', async () => {
  await addFaces(200, 1);
  expect(await opened.library.reindexVectors()).toMatchObject([
    {
      space: space.name,
      rows: 200,
      action: 'skipped',
      kind: null,
      recallAt10: null,
      reason: expect.stringContaining(String(EXACT_SCAN_MAX_ROWS)),
    },
  ]);
});

test('a large space gets the index asked for, with its recall measured; later runs keep, replace or drop it', async () => {
  const { library } = opened;
  await addFaces(EXACT_SCAN_MAX_ROWS, 2);
  const rows = EXACT_SCAN_MAX_ROWS + 200;
  expect(await library.reindexVectors({ dryRun: true })).toMatchObject([{ rows, action: 'created', kind: null }]);
  expect((await library.diagnose()).find((diagnosis) => diagnosis.check === 'vector-index')).toMatchObject({ status: 'warning' });

  const [ivfflat] = await library.reindexVectors({ kind: 'ivfflat' });
  const lists = Math.round(Math.sqrt(rows));
  expect(ivfflat).toMatchObject({ action: 'created', kind: 'ivfflat', settings: { lists, probes: expect.any(Number) } });
  expect(ivfflat!.recallAt10).toBeGreaterThan(0.95);
  expect(await library.reindexVectors({ kind: 'ivfflat' })).toMatchObject([
    { action: 'skipped', recallAt10: ivfflat!.recallAt10 },
  ]);

  const steps: string[] = [];
  const [hnsw] = await library.reindexVectors({ onProgress: ({ step }) => steps.push(step) });
  expect(hnsw).toMatchObject({ action: 'recreated', kind: 'hnsw', settings: { m: 16, ef_construction: 64 } });
  expect(hnsw!.recallAt10).toBeGreaterThan(0.95);
  expect(steps).toEqual([expect.stringContaining('building hnsw'), expect.stringContaining('recall')]);

  // As a run leaves it that is killed between the new index and the end of the old one.
  const [{ name, definition }] = (await indexes()) as [Index];
  await sql.raw(definition.replace(name, `${name}_2`)).execute(opened.context.db);
  expect(await library.reindexVectors()).toMatchObject([{ action: 'skipped', kind: 'hnsw' }]);
  expect(await indexes()).toMatchObject([{ name: `${name}_2` }]);

  await sql`DELETE FROM faces WHERE detector = 'seed 2'`.execute(opened.context.db);
  expect(await library.reindexVectors()).toMatchObject([{ action: 'dropped', kind: null }]);
});

const isServer = Boolean(process.env.TEST_DATABASE_URL);

test.skipIf(!isServer)('searches answer while an index is built in the place of another (needs TEST_DATABASE_URL)', async () => {
  const { library, context } = opened;
  await addFaces(EXACT_SCAN_MAX_ROWS, 3);
  await library.reindexVectors();
  const [embedding] = vectors(1, 3);
  const isBuilding = async () => (await sql`SELECT FROM pg_stat_progress_create_index`.execute(context.db)).rows.length > 0;

  let isDone = false;
  const rebuilt = library.reindexVectors({ force: true }).finally(() => {
    isDone = true;
  });
  let answers = 0;
  while (!isDone) {
    const wasBuilding = await isBuilding();
    const faces = await library.search.similarFaces({ embedding: embedding!, space: space.name, limit: 5 });
    if (faces.length === 5 && wasBuilding && (await isBuilding())) answers++;
  }
  expect(answers).toBeGreaterThan(0);
  expect(await rebuilt).toMatchObject([{ action: 'recreated', kind: 'hnsw' }]);
  expect(await indexes()).toHaveLength(1);
  await sql`DELETE FROM faces WHERE detector = 'seed 3'`.execute(context.db);
  await library.reindexVectors();
});

test('several runs at one time leave one index', async () => {
  const { library } = opened;
  const run = (kind: 'hnsw' | 'ivfflat') => library.reindexVectors({ force: true, kind });
  await Promise.all([run('hnsw'), run('ivfflat'), run('hnsw')]);
  expect(await indexes()).toHaveLength(1);
  await library.reindexVectors();
  expect(await indexes()).toEqual([]);
});

test('a kind of index that there is not is refused', async () => {
  const kind = 'btree' as 'hnsw';
  await expect(opened.library.reindexVectors({ kind, force: true })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('an aborted reindexing changes nothing', async () => {
  const stop = AbortSignal.abort(new Error('enough'));
  await expect(opened.library.reindexVectors({ force: true, signal: stop })).rejects.toThrow('enough');
  expect(await opened.library.reindexVectors({ dryRun: true })).toMatchObject([{ action: 'skipped', kind: null }]);
});

test('a small space can be made to have an index', async () => {
  expect(await opened.library.reindexVectors({ force: true, kind: 'hnsw' })).toMatchObject([
    { rows: 200, action: 'created', recallAt10: 1 },
  ]);
});

test('vectors of two spaces never meet', async () => {
  await opened.library.spaces.ensure({ ...space, name: 'other' });
  await expect(
    opened.library.faces.saveMany(
      [{ photoId: photoIds[0]!, face: sampleFace({ x: 0, y: 500, width: 9, height: 9 }, [1, 2]) }],
      space,
    ),
  ).rejects.toThrow(SpaceMismatchError);
  const { rows } = await sql<{ space_id: string }>`SELECT space_id FROM embedding_spaces WHERE name = 'other'`.execute(
    opened.context.db,
  );
  const crossed = sql`UPDATE face_embeddings SET dimension = 15, space_id = ${rows[0]!.space_id}`.execute(opened.context.db);
  await expect(crossed).rejects.toMatchObject({ code: expect.stringMatching(/^23/) });
});
