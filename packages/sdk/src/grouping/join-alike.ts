import type { Pace } from '../values/pace.ts';
import type { Bonds } from './bonds.ts';
import type { FacesToGroup } from './faces-to-group.ts';
import { logCrowdingOf, ROWS_AROUND } from './measure-crowding.ts';
import { mergeParts } from './merge-parts.ts';
import { mergeScore } from './merge-score.ts';
import { nearestRows } from './nearest-rows.ts';
import { neighbourSets, probesOf } from './neighbour-sets.ts';
import { meanSquaredDistance, type Part, rowsOf } from './parts.ts';
import { strictness } from './strictness.ts';

/** L2 distance from which on two parts are strangers, and not near. */
const FARTHEST = 0.75;
const MOST_ROUNDS = 4;

interface JoinAlikeOptions {
  readonly given: FacesToGroup;
  readonly bonds: Bonds;
  /** Places of faces to be compared. */
  readonly loose: ReadonlySet<number>;
  readonly pace: Pace;
}

/**
 * Joins parts by distance and crowding. The parts of somebody who is there often are each other's crowd at first: what was joined is
 * left out of it the next time, until nothing more comes together.
 */
export async function joinAlike(
  alike: readonly Part[],
  { given, bonds, loose, pace }: JoinAlikeOptions,
): Promise<readonly Part[]> {
  const rows = rowsOf(alike, given.dimension);
  const probes = probesOf(alike.length, (row) => alike[row]!.faces.some((face) => loose.has(face)));
  const nearest = await nearestRows(rows, { count: ROWS_AROUND, limit: FARTHEST ** 2, probes, pace });
  let parts = alike;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const kin = Int32Array.from(alike, ({ faces: [face] }) => bonds.rootOf(face!));
    const crowded = alike.map((part, row) => part.logCrowding ?? logCrowdingOf(row, nearest, kin));
    const partOfFace = new Map(parts.flatMap(({ faces }, index) => faces.map((face) => [face, index] as const)));
    const partOfRow = alike.map(({ faces: [face] }) => partOfFace.get(face!)!);
    const measured = withCrowding(parts, alike, partOfRow, crowded);
    const strict = strictness(measured, given.faces, crowdedScore);
    const joined = await mergeParts(measured, neighbourSets(nearest, partOfRow), {
      bonds,
      scoreOf: (a, b) => crowdedScore(a, b) - strict,
      pace,
    });
    const isDone = joined.length === parts.length;
    parts = joined;
    if (isDone) break;
  }
  return parts;
}

/** The parts with the mean crowding of the rows that they are made of. */
function withCrowding(
  parts: readonly Part[],
  rows: readonly Part[],
  partOfRow: readonly number[],
  crowded: readonly number[],
): Part[] {
  const sums = new Float64Array(parts.length);
  for (const [row, part] of partOfRow.entries()) sums[part]! += crowded[row]! * rows[row]!.faces.length;
  return parts.map((part, index) => ({ ...part, logCrowding: sums[index]! / part.faces.length }));
}

function crowdedScore(a: Part, b: Part): number {
  return mergeScore(meanSquaredDistance(a, b), (a.logCrowding! + b.logCrowding!) / 2, Math.max(a.faces.length, b.faces.length));
}
