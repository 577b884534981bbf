/**
 * Vectors on their way to the database and back, as the SDK writes and reads them and as the helpers of the npm package `pgvector` do
 * (`pgvector/kysely`: `toSql`, `fromSql`, `l2Distance`), in turns in one run. Prints medians and ratios: of the conversions alone, and of reading
 * all vectors of a library.
 *
 *   node --conditions=@photoorg/source bench/sdk/vector-codec.ts [faces]      (TEST_DATABASE_URL for a server)
 */
import { openTestLibrary } from '@photoorg/sdk/testing';
import { sql } from 'kysely';
import { fromSql, l2Distance, toSql } from 'pgvector/kysely';
import { encodeVector, readVector, writeVector } from '../../packages/sdk/src/values/vector-codec.ts';
import { addFaces } from '../../packages/sdk/test/support/face-bank.ts';
import { Clusters, clusterSpace } from '../../packages/sdk/test/support/sample-clusters.ts';

const FACES = Number(process.argv[2] ?? 10_000);
const ROUNDS = 7;

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Median milliseconds of each, in turns. */
async function inTurns(tasks: Record<string, () => unknown>): Promise<Record<string, number>> {
  const times = Object.fromEntries(Object.keys(tasks).map((name) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      const start = performance.now();
      await task();
      times[name]!.push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
}

function report(what: string, { ours, pgvector }: Record<string, number>): void {
  console.log(
    `${what}: ours ${ours!.toFixed(1)} ms, pgvector ${pgvector!.toFixed(1)} ms, ours / pgvector ${(ours! / pgvector!).toFixed(2)}`,
  );
}

const clusters = new Clusters(1, 100);
const vectors = Array.from({ length: FACES }, (_, i) => clusters.face(i % 100));
const texts = vectors.map(encodeVector);
const bytes = vectors.map(writeVector);

report(
  `writing ${FACES} vectors as text`,
  await inTurns({
    ours: () => vectors.map(encodeVector),
    pgvector: () => vectors.map((vector) => toSql(Array.from(vector))),
  }),
);
report(
  `parsing ${FACES} vectors`,
  await inTurns({
    ours: () => bytes.map(readVector),
    pgvector: () => texts.map((text) => Float32Array.from(fromSql(text) as number[])),
  }),
);

await using opened = await openTestLibrary();
await addFaces(
  opened.context,
  clusterSpace,
  vectors.map((vector) => ({ vectors: [vector] })),
);
const { db } = opened.context;
report(
  `reading ${FACES} vectors from the database`,
  await inTurns({
    ours: async () => {
      const { rows } = await sql<{ vector: Uint8Array }>`SELECT vector_send(embedding) AS vector FROM face_embeddings`.execute(
        db,
      );
      return rows.map((row) => readVector(row.vector));
    },
    pgvector: async () => {
      const { rows } = await sql<{ vector: string }>`SELECT embedding::text AS vector FROM face_embeddings`.execute(db);
      return rows.map((row) => Float32Array.from(fromSql(row.vector) as number[]));
    },
  }),
);
const probe = vectors[0]!;
report(
  'the ten nearest',
  await inTurns({
    ours: () =>
      sql`SELECT face_id FROM face_embeddings e ORDER BY (e.embedding <-> ${encodeVector(probe)}::vector) + 0 LIMIT 10`.execute(
        db,
      ),
    pgvector: () =>
      db
        .selectFrom('face_embeddings')
        .select('face_id')
        .orderBy(l2Distance('embedding', Array.from(probe)))
        .limit(10)
        .execute(),
  }),
);
