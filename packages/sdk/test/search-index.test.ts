import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LibraryContext } from '../src/library/library-context.ts';
import { createSearch } from '../src/search/create-search.ts';
import { EXACT_SCAN_MAX_ROWS } from '../src/search/find-nearest-faces.ts';
import { forgetServingIndexes } from '../src/search/serving-index.ts';
import { findVectorIndex, indexedType } from '../src/search/vector-index.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addFaces } from './support/face-bank.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';
import { openSampleLibrary } from './support/sample-library.ts';

const PEOPLE = 100;
const FACES_PER_PHOTO = 8;
const PROBES = 20;

let opened: TestLibrary;
let context: LibraryContext;
let spaceId: string;
let probes: string[];

beforeAll(async () => {
  opened = await openTestLibrary();
  ({ context } = await openSampleLibrary(opened.context));
  const clusters = new Clusters(3, PEOPLE);
  const photos = Array.from({ length: EXACT_SCAN_MAX_ROWS / FACES_PER_PHOTO + 1 }, () => ({
    vectors: Array.from({ length: FACES_PER_PHOTO }, () => clusters.face(clusters.pick(PEOPLE))),
  }));
  const ids = (await addFaces(context, clusterSpace, photos)).flat();
  probes = Array.from({ length: PROBES }, () => ids[clusters.pick(ids.length)]!);
  ({ space_id: spaceId } = await context.db.selectFrom('embedding_spaces').select('space_id').executeTakeFirstOrThrow());
}, 300_000);
afterAll(() => opened.close());

async function answers(options: { shotTo?: Date } = {}, within = context): Promise<string[][]> {
  const found: string[][] = [];
  for (const faceId of probes) {
    const faces = await createSearch(within).similarFaces({ faceId, limit: 10, ...options });
    found.push(faces.map(({ face }) => face.faceId));
  }
  return found;
}

/** The same, and how often the index was scanned for it. */
async function answersByIndex(name: string): Promise<{ found: string[][]; scans: number }> {
  return context.transaction(async (transaction) => {
    const found = await answers({}, transaction);
    const { rows } = await sql<{ scans: number }>`SELECT pg_stat_get_xact_numscans(${name}::regclass)::int AS scans`.execute(
      transaction.db,
    );
    return { found, scans: rows[0]!.scans };
  });
}

describe.each(['ivfflat', 'hnsw'] as const)('above %s', (kind) => {
  const name = `test_${kind}`;

  test('the index is found, used, and finds what the exact scan finds', async () => {
    // Indexes are made and dropped here behind the library's back.
    forgetServingIndexes(context);
    const exact = await answers();
    forgetServingIndexes(context);
    const type = indexedType(kind, clusterSpace.dimension);
    const options = kind === 'ivfflat' ? 'lists = 141' : 'm = 16, ef_construction = 64';
    await sql
      .raw(`CREATE INDEX ${name} ON face_embeddings USING ${kind}
      ((embedding::${type}) ${type.split('(')[0]}_l2_ops) WITH (${options}) WHERE space_id = '${spaceId}'`)
      .execute(context.db);
    try {
      expect(await findVectorIndex(context, spaceId)).toMatchObject({ name, kind, type, lists: kind === 'ivfflat' ? 141 : null });
      const { found, scans } = await answersByIndex(name);
      expect(scans).toBe(PROBES);
      const hits = found.flatMap((ids, i) => ids.filter((id) => exact[i]!.includes(id))).length;
      expect(hits / (PROBES * 10)).toBeGreaterThanOrEqual(0.985);
    } finally {
      await sql.raw(`DROP INDEX ${name}`).execute(context.db);
    }
  }, 300_000);
});

test('under a filter that leaves few rows the scan is exact in spite of the index', async () => {
  const type = indexedType('ivfflat', clusterSpace.dimension);
  await sql`UPDATE photos SET shot_local = '2001-01-01' WHERE photo_id IN (SELECT photo_id FROM photos ORDER BY photo_id LIMIT 40)`.execute(
    context.db,
  );
  const filter = { shotTo: new Date('2001-12-31T00:00:00Z') };
  const exact = await answers(filter);
  await sql
    .raw(`CREATE INDEX test_filtered ON face_embeddings USING ivfflat
    ((embedding::${type}) vector_l2_ops) WITH (lists = 141) WHERE space_id = '${spaceId}'`)
    .execute(context.db);
  forgetServingIndexes(context);
  try {
    expect(exact.every((ids) => ids.length === 10)).toBe(true);
    expect(await answers(filter)).toEqual(exact);
  } finally {
    await sql`DROP INDEX test_filtered`.execute(context.db);
  }
}, 300_000);
