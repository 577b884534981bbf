import { squaredDistance } from '../search/distance.ts';

/** The confirmed faces of a library in one space. `vectors` holds the face at `people[i]` from `i * dimension` on. */
export interface ConfirmedVectors {
  readonly dimension: number;
  readonly vectors: Float32Array;
  /** Whose each face is, as a number from 0. */
  readonly people: readonly number[];
  readonly personCount: number;
}

/** The two likeliest people of a probe by their nearest faces, and the nearest of the probe's own. */
export interface Trial {
  /** Nearest face of the probe's own person, the probe itself left out. */
  readonly same: number;
  /** Nearest people, nearest first: three, or as many as there are. */
  readonly nearest: readonly { readonly person: number; readonly distance: number }[];
}

/** Compares one face with all others. */
export function tryProbe({ dimension, vectors, people, personCount }: ConfirmedVectors, probe: number): Trial {
  const nearestOf = new Float64Array(personCount).fill(Number.POSITIVE_INFINITY);
  const vector = vectors.subarray(probe * dimension, (probe + 1) * dimension);
  for (let i = 0; i < people.length; i++) {
    if (i === probe) continue;
    const person = people[i]!;
    const squared = squaredDistance(vectors, i * dimension, vector, nearestOf[person]!);
    if (squared < nearestOf[person]!) nearestOf[person] = squared;
  }
  const nearest = [...nearestOf.keys()]
    .filter((person) => nearestOf[person]! < Number.POSITIVE_INFINITY)
    .sort((a, b) => nearestOf[a]! - nearestOf[b]! || a - b)
    .slice(0, 3)
    .map((person) => ({ person, distance: Math.sqrt(nearestOf[person]!) }));
  return { same: Math.sqrt(nearestOf[people[probe]!]!), nearest };
}

/** One wrong name in 200. */
const WRONG_SHARE = 0.005;

/**
 * The largest share of trials that are named rightly by a bound on nearest / next nearest person, such that at most one name in 200 is wrong. Each
 * probe counts twice: as it is, and as a stranger, its own person left out.
 */
export function coverageOf(trials: readonly { own: number; trial: Trial }[]): number {
  const answers = trials.flatMap(({ own, trial: { nearest } }) => {
    const strangers = nearest.filter(({ person }) => person !== own);
    return [
      { ratio: ratioOf(nearest), right: nearest[0]?.person === own },
      { ratio: ratioOf(strangers), right: false },
    ];
  });
  answers.sort((a, b) => a.ratio - b.ratio || Number(a.right) - Number(b.right));
  let right = 0;
  let best = 0;
  for (const [index, answer] of answers.entries()) {
    if (answer.right) right++;
    const named = index + 1;
    // All answers of one ratio are given or none.
    if (answers[named]?.ratio === answer.ratio) continue;
    if (named - right <= named * WRONG_SHARE) best = right;
  }
  return trials.length === 0 ? 0 : best / trials.length;
}

/** How much nearer the nearest person is than the next: 0 for a face that is only near one, 1 for one between two. */
function ratioOf([first, second]: Trial['nearest']): number {
  if (!first) return 1;
  return second ? first.distance / second.distance : 0;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
