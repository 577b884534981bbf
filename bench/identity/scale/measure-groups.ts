import { scoreGrouping } from '../grouping-scores.ts';
import type { Bench } from './bench.ts';
import { chainNeighbours, type Neighbours } from './chain-neighbours.ts';
import { type HnswlibPeer, openHnswlib } from './hnswlib-peer.ts';

/** Neighbours asked for each face, and the candidates of hnswlib's search: DBSCAN needs to see who is within reach. */
const [NEIGHBOURS, EF] = [64, 128];
const FEWEST = 3;
/** DBSCAN's reach is not known beforehand: the best of these is taken. */
const REACHES = [0.3, 0.32, 0.34, 0.36, 0.38, 0.4, 0.42, 0.44, 0.46, 0.48, 0.5];
const FACES_BETWEEN_LOOKS = 500;
const FACES_PER_PAGE = 200;

/** Faces of whom nobody is named, by who they seem to be: beside DBSCAN over hnswlib's neighbours, with the reach that suits it best. */
export async function measureGroups(bench: Bench): Promise<void> {
  const { library, crowd, figures } = bench;
  const refreshed = await figures.timed('groups.refresh, nobody named', (signal, progress) =>
    library.groups.refresh({ signal, onProgress: ({ done }) => progress(done) }),
  );
  if (refreshed) score(bench, 'groups.refresh', await readGroups(bench));
  await figures.timed('groups.list, first page', () => library.groups.list());

  const peer = await openHnswlib(bench, EF);
  if (!peer) return;
  const neighbours = await figures.timed('hnswlib: neighbours of all', (signal, progress) =>
    readNeighbours(peer, crowd.size, signal, progress),
  );
  if (!neighbours) return;
  const start = performance.now();
  const groupings = REACHES.map((reach) => ({ reach, groups: chainNeighbours(neighbours, reach, FEWEST) }));
  figures.add({ name: 'DBSCAN over them', millis: (performance.now() - start) / REACHES.length });
  const best = groupings
    .map((grouping) => ({ ...grouping, f: scoreGrouping(grouping.groups, truthOf(bench)).bcubed.f }))
    .reduce((a, b) => (b.f > a.f ? b : a));
  score(bench, `DBSCAN, reach ${best.reach}`, best.groups);
}

async function readNeighbours(
  peer: HnswlibPeer,
  count: number,
  signal: AbortSignal,
  progress: (done: number) => void,
): Promise<Neighbours> {
  const faces: number[][] = [];
  const distances: number[][] = [];
  for (let face = 0; face < count; face++) {
    if (face % FACES_BETWEEN_LOOKS === 0) {
      await new Promise(setImmediate);
      signal.throwIfAborted();
      progress(face / count);
    }
    const nearest = peer.nearest(face, NEIGHBOURS);
    faces.push(nearest.faces);
    distances.push(nearest.distances);
  }
  return { faces, distances };
}

/** The number of its group for each face. */
async function readGroups({ library, crowd }: Bench): Promise<Int32Array> {
  const groups = new Int32Array(crowd.size).fill(-1);
  let [next, cursor]: [number, string | null | undefined] = [0, undefined];
  do {
    const page = await library.groups.list({ limit: FACES_PER_PAGE, cursor: cursor ?? undefined });
    for (const { groupId } of page.items) {
      for (let after: string | null | undefined; after !== null; ) {
        const { items, nextCursor } = await library.groups.faces(groupId, { limit: FACES_PER_PAGE, cursor: after });
        for (const { faceId } of items) groups[crowd.faceWith(faceId)] = next;
        after = nextCursor;
      }
      next++;
    }
    cursor = page.nextCursor;
  } while (cursor);
  return groups.map((group) => (group === -1 ? next++ : group));
}

/** Who each face is, by number; every stranger is somebody else. */
function truthOf({ crowd }: Bench): Int32Array {
  return crowd.persons.map((person, face) => (person === crowd.people ? crowd.people + face : person));
}

function score(bench: Bench, name: string, groups: Int32Array): void {
  const { pairwise, bcubed } = scoreGrouping(groups, truthOf(bench));
  bench.figures.add({ name: `${name}: BCubed F`, value: bcubed.f, note: `precision ${bcubed.precision.toFixed(3)}` });
  bench.figures.add({ name: `${name}: pairwise F`, value: pairwise.f, note: `precision ${pairwise.precision.toFixed(3)}` });
}
