import { sql } from 'kysely';
import type { SimilarFacesOptions } from '../../../packages/sdk/src/index.ts';
import { l2Distance } from '../../../packages/sdk/src/search/distance.ts';
import { findVectorIndex, indexSearchSettings, underSettings } from '../../../packages/sdk/src/search/vector-index.ts';
import { encodeVector } from '../../../packages/sdk/src/values/vector-codec.ts';
import type { Bench } from './bench.ts';
import type { Bar } from './figures.ts';
import { openHnswlib } from './hnswlib-peer.ts';
import { countFound, distancesExactly } from './nearest-exactly.ts';
import { CITY, type SearchCase, searchCases } from './search-cases.ts';

const [PROBES, ASKED, NEIGHBOURS] = [100, 20, 10];
/** Up to this distance `search.search` takes a face for one of the same person. */
const SAME_PERSON = 0.6;
/** Candidate lists of hnsw longer than the library's: what they would find, and cost. */
const OTHER_EF_SEARCH = [200, 400];
const RECALL: Bar = ['>=', 0.995];
const RECALL_FILTERED: Bar = ['>=', 0.98];
const RATIO: Bar = ['<=', 1.25];

/** The nearest faces to stored ones, under no filter and under several: beside bare SQL over the same index, and hnswlib in memory. */
export async function measureSearch(bench: Bench): Promise<void> {
  const { library, crowd, figures } = bench;
  await figures.needed('reindexVectors', () => library.reindexVectors());
  const { search, efSearch } = await openBareSql(bench);
  const peer = await openHnswlib(bench, efSearch ?? HNSWLIB_EF);
  const { all, filtered, inCity } = searchCases(crowd);
  const probes = Array.from({ length: PROBES }, () => crowd.pick());
  const ways: Way[] = [];
  const add = (name: string, of: SearchCase, call: Way['call'], more: Partial<Way> = {}) =>
    ways.push({ name, of, call, found: [], most: Number.POSITIVE_INFINITY, ...more });
  const addPeers = (of: SearchCase) => {
    add(`${of.name}: bare SQL`, of, (probe) => search(of, probe));
    if (of === all) {
      add(LIKE, of, (probe) => search(of, probe, { read: true }));
      for (const ef of efSearch === null ? [] : OTHER_EF_SEARCH) {
        add(`all: bare SQL, ef_search ${ef}`, of, (probe) => search(of, probe, { ef }));
      }
    }
    const passing = (probe: number) => (of === all ? undefined : (face: number) => of.passes(face, probe));
    if (peer) add(`${of.name}: hnswlib`, of, async (probe) => peer.nearest(probe, ASKED, passing(probe)).faces);
  };
  const similar = async (options: SimilarFacesOptions) =>
    (await library.search.similarFaces(options)).map(({ face }) => crowd.faceWith(face.faceId));

  addPeers(all);
  add('all: similarFaces by face', all, (probe) => similar({ faceId: crowd.faceIds[probe]! }), { bar: RECALL });
  add('all: similarFaces by embedding', all, (probe) => similar({ embedding: crowd.vector(probe) }), { bar: RECALL });
  for (const of of filtered) {
    addPeers(of);
    const call: Way['call'] = (probe) => similar({ faceId: crowd.faceIds[probe]!, ...of.filter });
    add(`${of.name}: similarFaces`, of, call, { bar: RECALL_FILTERED });
  }
  addPeers(inCity);
  const searchPlace: Way['call'] = async (probe) => {
    const hits = await library.search.search({ faceId: crowd.faceIds[probe]!, filter: { place: CITY } });
    return hits.flatMap(({ face }) => (face ? [crowd.faceWith(face.faceId)] : []));
  };
  add('a place: search.search', inCity, searchPlace, { most: SAME_PERSON, bar: RECALL_FILTERED });

  // Warms up.
  for (const { call } of ways) await call(probes[0]!);
  const calls = ways.map(
    ({ name, call, found }) => [name, async (round: number) => found.push(await call(probes[round]!))] as const,
  );
  const medians = await figures.inTurns(Object.fromEntries(calls), { rounds: PROBES });
  const ratio = (name: string, to: string, bar?: Bar) =>
    figures.add({ name: `${name} / ${to.replace(/^.*: /, '')}`, value: medians[name]! / medians[to]!, unit: 'times' }, bar);
  for (const name of ['all: similarFaces by face', 'all: similarFaces by embedding']) {
    ratio(name, 'all: bare SQL', RATIO);
    ratio(name, LIKE);
  }
  for (const { name } of filtered) ratio(`${name}: similarFaces`, `${name}: bare SQL`);
  tellRecall(bench, ways, probes);
}

/** Where the library has no index to take it from. */
const HNSWLIB_EF = 100;
const LIKE = 'all: bare SQL that reads the faces';

interface Way {
  readonly name: string;
  readonly of: SearchCase;
  /** The faces nearest to a stored one. */
  readonly call: (probe: number) => Promise<number[]>;
  /** Its answers, by round. */
  readonly found: number[][];
  /** The largest distance that it gives. */
  readonly most: number;
  readonly bar?: Bar;
}

/** The statement that one would write, over the index that the library has and under the settings that it asks it with. */
async function openBareSql({ library, context, crowd }: Bench) {
  const { spaceId } = (await library.spaces.active())!;
  const index = await findVectorIndex(context, spaceId);
  const settings = index ? indexSearchSettings(index, ASKED) : {};
  const efSearch = settings['hnsw.ef_search'];
  const underThese = (changes: Record<string, string>) => underSettings(context, index ? { ...settings, ...changes } : {});
  const conditions = {
    filtered: await underThese({}),
    // A scan that stops at its first candidates has enough of all faces, as the library knows.
    all: await underThese(efSearch ? { 'hnsw.iterative_scan': 'off' } : { 'ivfflat.iterative_scan': 'off' }),
  };
  const order = index ? sql.raw(index.expression.replace('embedding', 'e.embedding')) : sql`e.embedding`;
  const type = sql.raw(index?.type ?? 'vector');
  const search = async ({ name, joins, where }: SearchCase, probe: number, { read = false, ef = 0 } = {}) => {
    const under = ef
      ? await underThese({ 'hnsw.ef_search': String(ef), 'hnsw.iterative_scan': 'off' })
      : conditions[name === 'all' ? 'all' : 'filtered'];
    const nearest = sql<{ faceId: string }>`
      SELECT e.face_id AS "faceId" FROM face_embeddings e ${joins} WHERE e.space_id = ${spaceId} ${where} AND ${under}
      ORDER BY ${order} <-> ${encodeVector(crowd.vector(probe))}::${type} LIMIT ${ASKED}`;
    const withFaces = sql<{ faceId: string }>`
      SELECT nearest."faceId", f.*, label.*, display_name FROM (${nearest}) AS nearest
        JOIN faces f ON f.face_id = nearest."faceId" JOIN photos p USING (photo_id)
        LEFT JOIN face_labels label ON label.face_id = f.face_id LEFT JOIN people USING (person_id)
      WHERE p.deleted_ts IS NULL AND p.missing_since IS NULL`;
    const { rows } = await (read ? withFaces : nearest).execute(context.db);
    return rows.map(({ faceId }) => crowd.faceWith(faceId));
  };
  return { search, efSearch: efSearch === undefined ? null : Number(efSearch) };
}

function tellRecall({ crowd, figures }: Bench, ways: readonly Way[], probes: readonly number[]): void {
  for (const [of, ofCase] of Map.groupBy(ways, (way) => way.of)) {
    const truths = probes.map((probe) => distancesExactly(crowd, probe, NEIGHBOURS, (face) => of.passes(face, probe)));
    for (const { name, found, most, bar } of ofCase) {
      let [right, there] = [0, 0];
      for (const [round, faces] of found.entries()) {
        const probe = crowd.vector(probes[round]!);
        const truth = truths[round]!.filter((distance) => distance <= most);
        const others = faces.filter((face) => face !== probes[round]);
        right += countFound(
          truth,
          others.map((face) => l2Distance(probe, crowd.vector(face))),
        );
        there += truth.length;
      }
      figures.add({ name, recall: right / there }, bar);
    }
  }
}
