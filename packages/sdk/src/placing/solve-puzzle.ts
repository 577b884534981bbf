import type { Pace } from '../values/pace.ts';
import { seededRandom } from '../values/seeded-random.ts';
import { type Clues, measureClues } from './clues.ts';
import { type Belief, type NameRates, NOBODY, type Puzzle } from './puzzle.ts';
import { sampleNames } from './sample-names.ts';

/** Who a face most likely is, and what speaks for it. */
export interface Placement {
  readonly face: number;
  readonly person: number;
  /** Whether the face's photo carries the name. */
  readonly isListed: boolean;
  readonly clues: Clues;
}

export interface Solution {
  readonly placements: readonly Placement[];
  /** How good the names turned out to be. */
  readonly rates: NameRates;
}

/** Taken for true at first: names that are worse than most are, so that nothing is ruled out. */
const CAUTIOUS: NameRates = { missing: 0.3, wrong: 0.1 };
/** What is counted of a library outweighs this many names of a perfect one. */
const PRIOR_NAMES = 18;
const LEAST_RATE = { missing: 0.01, wrong: 0.005 };

const OF_GROUPS = { burnIn: 40, sweeps: 60 };
const OF_FACES = { burnIn: 10, sweeps: 30 };
/** Somebody less likely than that is not looked at. */
const LEAST_BELIEF = 0.005;

/**
 * Which face of which photo is who. Groups of alike faces are told apart first, as one face says little; then each face by itself, as a
 * group may hold a wrong one. Both twice: with cautious rates, and with those that this shows.
 *
 * @param onProgress from 0 to 1
 */
export async function solvePuzzle(puzzle: Puzzle, pace: Pace, onProgress?: (share: number) => void): Promise<Solution> {
  const cautious = await believe(puzzle, CAUTIOUS, { seed: 1, pace });
  onProgress?.(0.5);
  const rates = estimateRates(puzzle, cautious.faces);
  const asFound = await believe(puzzle, rates, { seed: 3, pace });
  onProgress?.(0.95);
  const likeliest = [...puzzle.photoOf.keys()].map((face) => {
    if (puzzle.said[face] !== NOBODY) return null;
    const person = likeliestOf([cautious.groups[face]!, cautious.faces[face]!, asFound.groups[face]!, asFound.faces[face]!]);
    return person !== null && puzzle.barred.get(face)?.has(person) ? null : person;
  });
  const measured = await measureClues(puzzle, { cautious, asFound, likeliest, pace });
  onProgress?.(1);
  const placements = measured.map(({ face, clues }): Placement => {
    const person = likeliest[face]!;
    return { face, person, isListed: puzzle.names[puzzle.photoOf[face]!]!.includes(person), clues };
  });
  return { placements, rates };
}

/** What is believed of each face: by its group, and by itself. */
interface Beliefs {
  readonly groups: readonly Belief[];
  readonly faces: readonly Belief[];
}

async function believe(puzzle: Puzzle, rates: NameRates, { seed, pace }: { seed: number; pace: Pace }): Promise<Beliefs> {
  const ofGroups = await sampleNames(puzzle, puzzle.groups, { rates, ...OF_GROUPS, random: seededRandom(seed), pace });
  const groups = new Array<Belief>(puzzle.photoOf.length);
  for (const [group, faces] of puzzle.groups.entries()) for (const face of faces) groups[face] = ofGroups[group]!;
  const start = Int32Array.from(groups, likeliestInBelief);
  const single = [...groups.keys()].map((face) => [face]);
  const faces = await sampleNames(puzzle, single, { rates, start, ...OF_FACES, random: seededRandom(seed + 1), pace });
  return { groups, faces };
}

function likeliestInBelief(belief: Belief): number {
  let [likeliest, most] = [NOBODY, belief.get(NOBODY) ?? 0];
  for (const [person, chance] of belief) if (chance > most) [likeliest, most] = [person, chance];
  return likeliest;
}

/** The person in whom most is believed altogether; null for nobody. */
function likeliestOf(beliefs: readonly Belief[]): number | null {
  const sums = new Map<number, number>();
  for (const belief of beliefs) {
    for (const [person, chance] of belief) if (person !== NOBODY) sums.set(person, (sums.get(person) ?? 0) + chance);
  }
  const [likeliest] = [...sums].sort(([a, m], [b, n]) => n - m || a - b);
  return likeliest && likeliest[1] > LEAST_BELIEF * beliefs.length ? likeliest[0] : null;
}

/** Of the photos that carry names: how many bearers they lack, and how many names no face bears. */
function estimateRates({ names, photoOf, said }: Puzzle, faces: readonly Belief[]): NameRates {
  const borne = names.map(() => new Map<number, number>());
  let [listed, unlisted, total, found] = [0, 0, 0, 0];
  for (const [face, photo] of photoOf.entries()) {
    const belief = said[face] === NOBODY ? faces[face]! : new Map([[said[face]!, 1]]);
    for (const [person, chance] of belief) {
      if (person === NOBODY || names[photo]!.length === 0) continue;
      borne[photo]!.set(person, Math.min(1, (borne[photo]!.get(person) ?? 0) + chance));
      if (names[photo]!.includes(person)) listed += chance;
      else unlisted += chance;
    }
  }
  for (const [photo, people] of names.entries()) {
    total += people.length;
    for (const person of people) found += borne[photo]!.get(person) ?? 0;
  }
  return {
    missing: Math.max(LEAST_RATE.missing, (unlisted + 2) / (listed + unlisted + PRIOR_NAMES + 2)),
    wrong: Math.max(LEAST_RATE.wrong, (total - found + 2) / (total + PRIOR_NAMES + 2)),
  };
}
