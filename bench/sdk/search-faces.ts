/**
 * The nearest ten of 100 stored faces among many: by `search.similarFaces` as `reindexVectors` leaves the library, beside the bare SQL that one
 * would write for an exact scan, for ivfflat and for hnsw, in turns in one run. Prints the median time a search, recall@10 against the exact
 * scan, and the ratio of the SDK to the fastest bare SQL that finds at least .995.
 *
 *   TEST_DATABASE_URL=postgresql://… node --conditions=@photoorg/source bench/sdk/search-faces.ts [faces] [ivfflat|hnsw]
 *
 * Bare SQL gives ids; the SDK also reads the faces with their labels and leaves out photos that are gone. One bare statement does so as well, for a
 * comparison of like with like.
 */
import { openTestLibrary } from '@photoorg/sdk/testing';
import { CompiledQuery, sql } from 'kysely';
import { addFaces } from '../../packages/sdk/test/support/face-bank.ts';
import { Clusters, clusterSpace } from '../../packages/sdk/test/support/sample-clusters.ts';

const FACES = Number(process.argv[2] ?? 50_000);
const KIND = process.argv[3] as 'ivfflat' | 'hnsw' | undefined;
const [PEOPLE, PROBES, NEIGHBOURS, ROUNDS] = [2_000, 100, 10, 5];
const GOOD_RECALL = 0.995;
const LIKE = 'bare hnsw that reads faces and labels';

await using opened = await openTestLibrary();
const { library, context } = opened;
const clusters = new Clusters(1, PEOPLE);
const photos = Array.from({ length: FACES }, (_, i) => ({ vectors: [clusters.face(i % PEOPLE)] }));
const faceIds = (await addFaces(context, clusterSpace, photos)).flat();
const { spaceId } = (await library.spaces.active())!;
await context.db.executeQuery(CompiledQuery.raw('VACUUM (ANALYZE) faces, face_embeddings, photos'));
const probes = Array.from({ length: PROBES }, (_, i) => faceIds[Math.floor((i * FACES) / PROBES)]!);

type Search = (faceId: string) => Promise<string[]>;

/** In a transaction with these settings, as a program with a pool of connections has to; `read` in one statement with the faces and labels that the ids stand for. */
function bare(order: string, settings: Record<string, string>, { read = false } = {}): Search {
  return (faceId) =>
    context.transaction(async ({ db }) => {
      for (const [name, value] of Object.entries(settings))
        await db.executeQuery(CompiledQuery.raw(`SET LOCAL ${name} = ${value}`));
      const nearest = sql`
        SELECT e.face_id FROM face_embeddings e
        WHERE e.space_id = ${spaceId} AND e.face_id <> ${faceId}
        ORDER BY ${sql.raw(order)} (SELECT embedding FROM face_embeddings WHERE face_id = ${faceId} AND space_id = ${spaceId})${sql.raw(order.includes('half') ? '::halfvec(128)' : order.includes('128') ? '::vector(128)' : '')}
        LIMIT ${NEIGHBOURS}`;
      const { rows } = await (read
        ? sql<{ face_id: string }>`
              SELECT f.face_id, f.photo_id, bbox_x, bbox_y, bbox_w, bbox_h, landmarks, detector, detector_score, quality, source, ignored, f.provenance,
                f.created_ts, label.person_id, display_name, label_source, confidence, label.created_ts AS labelled_ts, label.event_id
              FROM (${nearest}) AS nearest JOIN faces f USING (face_id) JOIN photos p USING (photo_id)
                LEFT JOIN face_labels label ON label.face_id = f.face_id LEFT JOIN people ON people.person_id = label.person_id
              WHERE p.deleted_ts IS NULL AND p.missing_since IS NULL`
        : sql<{ face_id: string }>`${nearest}`
      ).execute(db);
      return rows.map((row) => row.face_id);
    });
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function measure(search: Search, truth: Map<string, Set<string>>): Promise<{ millis: number; recall: number }> {
  const times: number[] = [];
  let found = 0;
  for (const faceId of probes) {
    const start = performance.now();
    const ids = await search(faceId);
    times.push(performance.now() - start);
    found += ids.filter((id) => truth.get(faceId)!.has(id)).length;
  }
  return { millis: median(times), recall: found / (PROBES * NEIGHBOURS) };
}

const exact = bare('e.embedding <->', { enable_indexscan: 'on' });
const truth = new Map<string, Set<string>>();
for (const faceId of probes) truth.set(faceId, new Set(await exact(faceId)));

const sdk: Search = async (faceId) =>
  (await library.search.similarFaces({ faceId, limit: NEIGHBOURS })).map(({ face }) => face.faceId);
const lists = Math.round(Math.sqrt(FACES));
const peers = {
  'bare exact scan': { index: null, search: exact },
  'bare ivfflat': {
    index: `CREATE INDEX bare ON face_embeddings USING ivfflat ((embedding::vector(128)) vector_l2_ops) WITH (lists = ${lists})`,
    search: bare('e.embedding::vector(128) <->', { 'ivfflat.probes': String(Math.ceil(Math.sqrt(lists) * 2)) }),
  },
  'bare hnsw': {
    index: 'CREATE INDEX bare ON face_embeddings USING hnsw ((embedding::halfvec(128)) halfvec_l2_ops)',
    search: bare('e.embedding::halfvec(128) <->', { 'hnsw.ef_search': '100' }),
  },
  [LIKE]: {
    index: 'CREATE INDEX bare ON face_embeddings USING hnsw ((embedding::halfvec(128)) halfvec_l2_ops)',
    search: bare('e.embedding::halfvec(128) <->', { 'hnsw.ef_search': '100' }, { read: true }),
  },
};

const results: Record<string, { millis: number[]; recall: number }> = {};
const note = (name: string, { millis, recall }: { millis: number; recall: number }) => {
  results[name] ??= { millis: [], recall };
  results[name].millis.push(millis);
};
for (const [name, { index, search }] of Object.entries(peers)) {
  if (index) await context.db.executeQuery(CompiledQuery.raw(index));
  for (let round = 0; round < ROUNDS; round++) note(name, await measure(search, truth));
  if (index) await context.db.executeQuery(CompiledQuery.raw('DROP INDEX bare'));
}
const [built] = await library.reindexVectors(KIND ? { kind: KIND } : {});
console.log(`reindexVectors: ${built!.action} ${built!.kind}, recall ${built!.recallAt10}: ${built!.reason}`);
for (let round = 0; round < ROUNDS; round++) note('similarFaces', await measure(sdk, truth));

for (const [name, { millis, recall }] of Object.entries(results)) {
  console.log(
    `${name}: ${median(millis).toFixed(2)} ms a search (median of ${ROUNDS} rounds of ${PROBES}), recall@10 ${recall.toFixed(4)}`,
  );
}
const best = Math.min(
  ...Object.entries(results).flatMap(([name, { millis, recall }]) =>
    name !== 'similarFaces' && recall >= GOOD_RECALL ? [median(millis)] : [],
  ),
);
console.log(`similarFaces / ${LIKE}: ${(median(results.similarFaces!.millis) / median(results[LIKE]!.millis)).toFixed(2)}`);
console.log(
  `similarFaces / fastest bare SQL of recall >= ${GOOD_RECALL}: ${(median(results.similarFaces!.millis) / best).toFixed(2)}`,
);
