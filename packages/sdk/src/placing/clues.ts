import { l2Distance } from '../search/distance.ts';
import type { Pace } from '../values/pace.ts';
import { Likeness } from './likeness.ts';
import { type Belief, NOBODY, type Puzzle } from './puzzle.ts';

/** What speaks for a face being somebody; log-odds are natural logarithms. */
export interface Clues {
  /** Log-odds of the person, by cautious rates and by those of the library: of the face's group, and of the face by itself. */
  readonly cautiousGroup: number;
  readonly cautiousFace: number;
  readonly group: number;
  readonly face: number;
  /** Of groups and of faces, how many times as likely as the next person, as a logarithm: the least of the two. */
  readonly groupMargin: number;
  readonly faceMargin: number;
  /** Log-odds by likeness to all others who bear the name; 0 where there is nobody. */
  readonly likeness: number;
  /** The highest log-odds of another name that the photo carries. */
  readonly rivalLikeness: number;
  /** Mean L2 distance to the three nearest who bear the name; null where there is nobody. */
  readonly nearest: number | null;
  /** Natural logarithm of the L2 distance to the nearest strangers. */
  readonly logCrowding: number;
  /** How many others bear the name. */
  readonly bearers: number;
  /** Whether the face's photo carries the name. */
  readonly isListed: boolean;
  readonly groupSize: number;
  /** Faces of the group whose photos carry the name, and those whose photos carry the next name. */
  readonly groupListed: number;
  readonly groupNext: number;
  readonly facesInPhoto: number;
  readonly namesOfPhoto: number;
}

const NEAREST = 3;
const LEAST_CHANCE = 1e-5;
const LEAST_LIKENESS = -6;

interface Believed {
  readonly groups: readonly Belief[];
  readonly faces: readonly Belief[];
}

/** The clues of every face with somebody likeliest. */
export async function measureClues(
  puzzle: Puzzle,
  believed: {
    readonly cautious: Believed;
    readonly asFound: Believed;
    readonly likeliest: readonly (number | null)[];
    readonly pace: Pace;
  },
): Promise<{ face: number; clues: Clues }[]> {
  const { cautious, asFound, likeliest, pace } = believed;
  const { photoOf, names, said } = puzzle;
  const bearer = Array.from(photoOf, (_, face) => (said[face] === NOBODY ? sureOf(asFound.faces[face]!) : said[face]!));
  const bearers = Map.groupBy(
    [...bearer.keys()].filter((face) => bearer[face] !== NOBODY),
    (face) => bearer[face]!,
  );
  const single = [...photoOf.keys()].map((face) => [face]);
  const likeness = new Likeness(puzzle, single);
  for (const [face, person] of bearer.entries()) likeness.move(face, NOBODY, person);
  const facesIn = new Map<number, number>();
  for (const photo of photoOf) facesIn.set(photo, (facesIn.get(photo) ?? 0) + 1);
  const groupOf = new Map(puzzle.groups.flatMap((faces) => faces.map((face) => [face, faces] as const)));

  const measured: { face: number; clues: Clues }[] = [];
  for (const [face, person] of likeliest.entries()) {
    if (person === null) continue;
    const [c, f] = [cautious, asFound].map(({ groups, faces }) => ({ group: groups[face]!, face: faces[face]! }));
    const others = (bearers.get(person) ?? []).filter((other) => other !== face);
    const group = groupOf.get(face)!;
    const counted = countNames(puzzle, group);
    const next = Math.max(0, ...[...counted].map(([other, photos]) => (other === person ? 0 : photos)));
    measured.push({
      face,
      clues: {
        cautiousGroup: logOdds(c!.group, person),
        cautiousFace: logOdds(c!.face, person),
        group: logOdds(f!.group, person),
        face: logOdds(f!.face, person),
        groupMargin: Math.min(margin(c!.group, person), margin(f!.group, person)),
        faceMargin: Math.min(margin(c!.face, person), margin(f!.face, person)),
        likeness: likeness.logOdds(face, person, bearer[face] === person),
        rivalLikeness: Math.max(
          LEAST_LIKENESS,
          ...names[photoOf[face]!]!.filter((other) => other !== person).map((other) =>
            likeness.logOdds(face, other, bearer[face] === other),
          ),
        ),
        logCrowding: puzzle.logCrowding[face]!,
        nearest: nearest(puzzle, face, others),
        bearers: others.length,
        isListed: names[photoOf[face]!]!.includes(person),
        groupSize: group.length,
        groupListed: counted.get(person) ?? 0,
        groupNext: next,
        facesInPhoto: facesIn.get(photoOf[face]!)!,
        namesOfPhoto: names[photoOf[face]!]!.length,
      },
    });
    if (pace.isDue()) await pace.rest();
  }
  return measured;
}

function sureOf(belief: Belief): number {
  for (const [person, chance] of belief) if (chance > 0.5) return person;
  return NOBODY;
}

function countNames({ names, photoOf }: Puzzle, faces: readonly number[]): Map<number, number> {
  const counted = new Map<number, number>();
  for (const face of faces) for (const person of names[photoOf[face]!]!) counted.set(person, (counted.get(person) ?? 0) + 1);
  return counted;
}

function logOdds(belief: Belief, person: number): number {
  const chance = Math.min(1 - LEAST_CHANCE, Math.max(LEAST_CHANCE, belief.get(person) ?? 0));
  return Math.log(chance / (1 - chance));
}

function margin(belief: Belief, person: number): number {
  let next = LEAST_CHANCE / 10;
  for (const [other, chance] of belief) if (other !== person && other !== NOBODY) next = Math.max(next, chance);
  return Math.log(((belief.get(person) ?? 0) + LEAST_CHANCE) / next);
}

function nearest({ vectors, dimension }: Puzzle, face: number, others: readonly number[]): number | null {
  if (others.length === 0) return null;
  const at = (one: number) => vectors.subarray(one * dimension, (one + 1) * dimension);
  const own = at(face);
  const least: number[] = [];
  for (const other of others) {
    const distance = l2Distance(at(other), own);
    if (least.length === NEAREST && distance >= least.at(-1)!) continue;
    if (least.length === NEAREST) least.pop();
    least.splice(least.findLastIndex((known) => known <= distance) + 1, 0, distance);
  }
  return least.reduce((sum, distance) => sum + distance, 0) / least.length;
}
