import { squaredDistance } from '../search/distance.ts';
import { hashNumbers } from '../values/hash-numbers.ts';
import { coarsen, coarseRows, isBeyond } from './coarse-vectors.ts';
import { type FaceBank, vectorOf } from './face-bank.ts';

/** Faces sampled at most, and identities told apart at most: a scan takes half a millisecond, however large the library is. */
const MOST_SAMPLED = 4_096;
const MOST_IDENTITIES = 2_000;

/**
 * L2 distance within which a face is taken for another picture of an identity. Radii of 0.40 to 0.50, and average linkage, serve about
 * equally well (bench/identity, held-out people, November 2026).
 */
const IDENTITY_RADIUS = 0.45;

/** Strangers that a distance is averaged over. */
const STRANGERS = 20;

/**
 * L2 distances from a face to its nearest strangers among some 2,000: medians over 3,900 faces of 1,424 people (Labeled Faces in the
 * Wild, November 2026), as [how many are nearer, distance].
 */
const TYPICAL: readonly (readonly [rank: number, distance: number])[] = [
  [1, 0.542],
  [2, 0.559],
  [5, 0.581],
  [10, 0.597],
  [20, 0.616],
  [50, 0.645],
  [100, 0.673],
  [200, 0.703],
  [500, 0.754],
  [1000, 0.816],
  [MOST_IDENTITIES, 0.98],
];

/**
 * A sample of who is in a library, named or not: what a distance is held against. Some people's faces lie close together by nature,
 * strangers among them, others far apart; a distance of 0.5 says much where the nearest strangers are at 0.7, and nothing where they
 * are at 0.45.
 *
 * Faces that lie together are one identity and count once, so that somebody on a thousand photos is one stranger, not a thousand. Names
 * play no part in it: it changes only when faces come or go.
 */
export interface Cohort {
  /** What it was made of: places in the bank, in the order in which they were taken. */
  readonly sample: readonly number[];
  /** Places in the bank, identity by identity. */
  readonly rows: readonly number[];
  /** Their vectors, side by side. */
  readonly vectors: Float32Array;
  /** Their coordinates along the axes of the bank; null where it has none. */
  readonly coarse: Float32Array | null;
  /** First row of each identity, and at the end the number of rows. */
  readonly starts: readonly number[];
  /** The vector that each identity began with. */
  readonly leaders: Float32Array;
}

/**
 * The faces with the lowest hashes of their vectors: the same ones in every library of the same photos, whatever ids they have and
 * whatever order they came in. Faces of deleted photos are nobody.
 */
function sampleFaces(bank: FaceBank): number[] {
  const kept = [...bank.faces.keys()].filter((i) => !bank.faces[i]!.isPhotoDeleted);
  const hashes = new Map(kept.map((i) => [i, hashAt(bank, i)]));
  return kept
    .sort((a, b) => hashes.get(a)! - hashes.get(b)! || (bank.faces[a]!.faceId < bank.faces[b]!.faceId ? -1 : 1))
    .slice(0, MOST_SAMPLED);
}

function hashAt(bank: FaceBank, place: number): number {
  return hashNumbers(vectorOf(bank, place));
}

/**
 * Tells the sampled faces apart: each joins the nearest identity within reach, or begins one of its own. Gives the `former` cohort of
 * an earlier bank of the same library when the sample is the same.
 */
export function buildCohort(bank: FaceBank, former: { cohort: Cohort; bank: FaceBank } | null = null): Cohort {
  if (former && former.bank.axes === bank.axes && hasSameSample(former, bank)) return former.cohort;
  const sample = sampleFaces(bank);
  const { dimension } = bank;
  const leaders = new Float32Array(MOST_IDENTITIES * dimension);
  const members: number[][] = [];
  for (const place of sample) {
    const vector = vectorOf(bank, place);
    const nearest = nearestWithinRadius(leaders, members.length, vector);
    if (nearest !== null) members[nearest]!.push(place);
    else if (members.length === MOST_IDENTITIES) break;
    else {
      leaders.set(vector, members.length * dimension);
      members.push([place]);
    }
  }
  const rows = members.flat();
  const vectors = new Float32Array(rows.length * dimension);
  for (const [row, place] of rows.entries()) vectors.set(vectorOf(bank, place), row * dimension);
  const starts = [0];
  for (const faces of members) starts.push(starts.at(-1)! + faces.length);
  return { sample, rows, vectors, coarse: bank.axes && coarseRows(bank.axes, vectors), starts, leaders };
}

/** Whether nothing that came, went or has another vector is in the sample of the former bank, or would be in that of the later one. */
function hasSameSample({ cohort, bank: before }: { cohort: Cohort; bank: FaceBank }, after: FaceBank): boolean {
  const last = cohort.sample.at(-1);
  const isFull = last !== undefined && cohort.sample.length === MOST_SAMPLED;
  const highest = isFull ? hashAt(before, last) : Number.POSITIVE_INFINITY;
  const isSampled = (bank: FaceBank, place: number) =>
    place < bank.faces.length && !bank.faces[place]!.isPhotoDeleted && hashAt(bank, place) <= highest;
  return after.faces.every((face, place) => {
    const former = before.faces[place];
    if (face === former) return true;
    const isSameFace = former?.isPhotoDeleted === face.isPhotoDeleted && isSameVector(before, after, place);
    return isSameFace || !(isSampled(before, place) || isSampled(after, place));
  });
}

function isSameVector(before: FaceBank, after: FaceBank, place: number): boolean {
  const vector = vectorOf(after, place);
  return before.vectors === after.vectors || vectorOf(before, place).every((value, i) => value === vector[i]);
}

/** The identity that a face would be counted to; null when it is like none of them. */
export function identityOf({ leaders, starts }: Cohort, vector: Float32Array): number | null {
  return nearestWithinRadius(leaders, starts.length - 1, vector);
}

/** Identities kept of those around a face: STRANGERS beside the 63 at most that are the person asked about (`KnownFaces`). */
const NEIGHBOURS = 64 + STRANGERS;

/** The identities around a face. */
export interface Neighbourhood {
  /** The nearest NEIGHBOURS identities with their L2 distance, nearest first. */
  readonly nearest: readonly { readonly identity: number; readonly distance: number }[];
  /** How many identities the cohort tells apart. */
  readonly identities: number;
}

/**
 * The identities nearest to a face, each by its nearest picture. Pictures in the face's own photo do not count, nor does the very same
 * picture again.
 */
export function neighbourhoodOf(
  bank: FaceBank,
  { rows, vectors, coarse, starts }: Cohort,
  { vector, photoId }: { vector: Float32Array; photoId: string | null },
): Neighbourhood {
  const coarsely = bank.axes && coarsen(bank.axes, vector);
  const nearest = new Int32Array(NEIGHBOURS);
  const squares = new Float64Array(NEIGHBOURS);
  let found = 0;
  let reach = Number.POSITIVE_INFINITY;
  for (let identity = 0; identity < starts.length - 1; identity++) {
    let least = reach;
    for (let row = starts[identity]!; row < starts[identity + 1]!; row++) {
      if (coarsely && isBeyond(coarse!, row, coarsely, least)) continue;
      if (bank.faces[rows[row]!]!.photoId === photoId) continue;
      const squared = squaredDistance(vectors, row * vector.length, vector, least);
      if (squared > 0 && squared < least) least = squared;
    }
    if (least === reach) continue;
    if (found < NEIGHBOURS) found++;
    let place = found - 1;
    for (; place > 0 && squares[place - 1]! > least; place--) {
      squares[place] = squares[place - 1]!;
      nearest[place] = nearest[place - 1]!;
    }
    squares[place] = least;
    nearest[place] = identity;
    if (found === NEIGHBOURS) reach = squares[NEIGHBOURS - 1]!;
  }
  return {
    nearest: Array.from(nearest.subarray(0, found), (identity, i) => ({ identity, distance: Math.sqrt(squares[i]!) })),
    identities: starts.length - 1,
  };
}

/**
 * Mean L2 distance to the nearest STRANGERS identities but those in `own`. A small library knows few strangers, and they would seem
 * far; what it lacks to MOST_IDENTITIES is filled up with typical ones.
 */
export function strangerDistance({ nearest, identities }: Neighbourhood, own: ReadonlySet<number>): number {
  const known = nearest.filter(({ identity }) => !own.has(identity));
  const missing = Math.max(0, MOST_IDENTITIES - identities);
  let sum = 0;
  for (let taken = 0, real = 0, typical = 1; taken < STRANGERS; taken++) {
    const next = known[real]?.distance ?? Number.POSITIVE_INFINITY;
    const imagined = typical <= missing ? typicalDistance((typical * MOST_IDENTITIES) / missing) : Number.POSITIVE_INFINITY;
    const nearer = Math.min(next, imagined);
    if (nearer === Number.POSITIVE_INFINITY) return sum / Math.max(1, taken);
    sum += nearer;
    if (next <= imagined) real++;
    else typical++;
  }
  return sum / STRANGERS;
}

/** What a typical face has as `strangerDistance`. */
export const TYPICAL_STRANGER_DISTANCE = strangerDistance({ nearest: [], identities: 0 }, new Set());

/** L2 distance to the stranger at that rank, read off TYPICAL along the logarithm of the rank. */
function typicalDistance(rank: number): number {
  const found = TYPICAL.findIndex(([known]) => known >= rank);
  const above = found === -1 ? TYPICAL.length - 1 : Math.max(1, found);
  const [[lowRank, low], [highRank, high]] = [TYPICAL[above - 1]!, TYPICAL[above]!];
  return low + ((high - low) * Math.log(rank / lowRank)) / Math.log(highRank / lowRank);
}

/** Of the first so many leaders the nearest one within IDENTITY_RADIUS. */
function nearestWithinRadius(leaders: Float32Array, count: number, vector: Float32Array): number | null {
  let nearest: number | null = null;
  let limit = IDENTITY_RADIUS ** 2;
  for (let identity = 0; identity < count; identity++) {
    const squared = squaredDistance(leaders, identity * vector.length, vector, limit);
    if (squared < limit) [nearest, limit] = [identity, squared];
  }
  return nearest;
}
