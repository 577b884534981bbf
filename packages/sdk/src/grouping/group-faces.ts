import { isNamed } from '../evidence/evidence-rules.ts';
import type { FaceFacts } from '../evidence/face-facts.ts';
import { Bonds } from './bonds.ts';
import { logCrowdingOf, ROWS_AROUND } from './measure-crowding.ts';
import { mergeParts } from './merge-parts.ts';
import { mergeScore, SURE_DISTANCE } from './merge-score.ts';
import { type NearestRows, nearestRows } from './nearest-rows.ts';
import { Pace } from './pace.ts';
import { meanSquaredDistance, type Part, partOf, rowsOf } from './parts.ts';
import { rotateVectors } from './rotate-vectors.ts';
import { strictness } from './strictness.ts';

/** Where a face stood, and how crowded it is there. */
export interface FormerPlace {
  readonly groupId: string;
  /** Faces of one person need not be alike: those of one part are. */
  readonly part: number;
  readonly logCrowding: number;
}

export interface FacesToGroup {
  /** By id, ascending: the groups then do not depend on the order in which they were read. */
  readonly faces: readonly FaceFacts[];
  /** One after the other, scaled to distances like dlib's. */
  readonly vectors: Float32Array;
  readonly dimension: number;
  /** Named faces without a vector: whom else their photos show. */
  readonly withoutVector: Iterable<FaceFacts>;
  /** Pairs of places that somebody said to be one person, or not to be. */
  readonly linked: readonly (readonly [number, number])[];
  readonly apart: readonly (readonly [number, number])[];
  /** By place, where it stood; null for a face that is new, or for all to be grouped anew. */
  readonly former: (place: number) => FormerPlace | null;
}

export interface GroupOfFaces {
  /** Each with places, ascending. */
  readonly parts: readonly Part[];
}

export interface GroupingOptions {
  readonly signal?: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Neighbours of each face that are looked at first, within SURE_DISTANCE. */
const NEAREST_FACES = 20;
const MOST_ROUNDS = 4;
/** Numbers to be compared from which on turning all vectors first pays. */
const WORTH_ROTATING = 50_000_000;
/** Share of the time that the faces take; the rest is that of the parts. */
const SHARE_OF_FACES = 0.7;

/**
 * Groups faces that show one person, in two rounds: first those that are alike without doubt become parts, then parts are joined by
 * their distance, judged by how crowded it is around them (see `merge-score.ts`). Named faces of one person stand together whatever
 * they look like; two faces of one photo, and what was said to be different, never do.
 *
 * Faces that stood in a group before stay together unless something speaks against it; only those that are new, or left without a
 * group, are compared.
 */
export async function groupFaces(given: FacesToGroup, options: GroupingOptions = {}): Promise<GroupOfFaces[]> {
  const { faces, dimension } = given;
  const { signal, onProgress } = options;
  const pace = new Pace(signal);
  const bonds = saidBonds(given);
  const { kept, loose } = keptTogether(given, bonds);
  const isMuch = loose.length * faces.length * dimension > WORTH_ROTATING;
  const vectors = isMuch ? rotateVectors(given.vectors, dimension) : given.vectors;
  const start = [
    ...loose.map((face) => partOf([face], vectors, dimension)),
    ...kept.map(({ places, logCrowding }) => partOf(places, vectors, dimension, logCrowding)),
  ];
  await pace.rest();

  const near = await nearestRows(rowsOf(start, dimension), {
    count: NEAREST_FACES,
    limit: SURE_DISTANCE ** 2,
    probes: probesOf(start.length, (row) => row < loose.length),
    pace,
    onProgress: (share) => onProgress?.(SHARE_OF_FACES * share),
  });
  const alike = await mergeParts(start, neighbourSets(near, start.keys()), {
    bonds,
    scoreOf: (a, b) => SURE_DISTANCE ** 2 - meanSquaredDistance(a, b),
    pace,
  });
  const parts = await joinAlike(alike, { given, bonds, loose: new Set(loose), pace });
  onProgress?.(1);
  const groups = Map.groupBy(parts, ({ faces: [face] }) => bonds.rootOf(face!));
  return [...groups.values()].map((parts) => ({ parts: parts.map(ascending) }));
}

interface SecondRound {
  readonly given: FacesToGroup;
  readonly bonds: Bonds;
  readonly loose: ReadonlySet<number>;
  readonly pace: Pace;
}

/**
 * Joins parts by distance and crowding. The parts of somebody who is there often are each other's crowd at first: what was joined is
 * left out of it the next time, until nothing more comes together.
 */
async function joinAlike(alike: readonly Part[], { given, bonds, loose, pace }: SecondRound): Promise<readonly Part[]> {
  const rows = rowsOf(alike, given.dimension);
  const probes = probesOf(alike.length, (row) => alike[row]!.faces.some((face) => loose.has(face)));
  let parts = alike;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const kin = Int32Array.from(alike, ({ faces: [face] }) => bonds.rootOf(face!));
    const nearest = await nearestRows(rows, { count: ROWS_AROUND, limit: Number.POSITIVE_INFINITY, probes, kin, pace });
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

/** Who is beside whom, by the part that each row belongs to. */
function neighbourSets({ count, found, rows }: NearestRows, partOfRow: Iterable<number>): Set<number>[] {
  const parts = [...partOfRow];
  const sets: Set<number>[] = [];
  for (const part of parts) sets[part] ??= new Set();
  for (const [row, part] of parts.entries()) {
    for (let place = row * count; place < row * count + found[row]!; place++) {
      const other = parts[rows[place]!]!;
      if (other === part) continue;
      sets[part]!.add(other);
      sets[other]!.add(part);
    }
  }
  return sets;
}

function crowdedScore(a: Part, b: Part): number {
  return mergeScore(meanSquaredDistance(a, b), (a.logCrowding! + b.logCrowding!) / 2, Math.max(a.faces.length, b.faces.length));
}

function probesOf(length: number, isProbe: (row: number) => boolean): Uint8Array | undefined {
  const probes = Uint8Array.from({ length }, (_, row) => (isProbe(row) ? 1 : 0));
  return probes.includes(0) ? probes : undefined;
}

function ascending(part: Part): Part {
  return { ...part, faces: part.faces.toSorted((a, b) => a - b) };
}

/** What somebody said of the faces: names first, then who was said to be one person without a name. */
function saidBonds({ faces, withoutVector, linked, apart }: FacesToGroup): Bonds {
  const bonds = new Bonds(faces, (face) => (isNamed(face) ? face.personId : null), apart);
  const first = new Map<string, number>();
  for (const [place, face] of faces.entries()) {
    if (!isNamed(face)) continue;
    const other = first.get(face.personId!);
    if (other === undefined) first.set(face.personId!, place);
    else bonds.join(other, place);
  }
  for (const { personId, photoId } of withoutVector) {
    const place = first.get(personId!);
    if (place !== undefined) bonds.standsIn(place, photoId);
  }
  for (const [a, b] of linked) if (bonds.mayJoin(a, b)) bonds.join(a, b);
  return bonds;
}

interface KeptPart {
  readonly places: readonly number[];
  readonly logCrowding: number;
}

/**
 * What stood together and still may, by part; and the faces that stand alone now. In a group that was said to hold two people, most
 * stay with the one of whom there are more named faces.
 */
function keptTogether({ faces, former }: FacesToGroup, bonds: Bonds): { kept: KeptPart[]; loose: number[] } {
  const loose: number[] = [];
  const kept: KeptPart[] = [];
  const stood = Map.groupBy(faces.keys(), (place) => former(place)?.groupId ?? null);
  for (const [groupId, places] of stood) {
    if (groupId === null) {
      loose.push(...places);
      continue;
    }
    const [first, ...others] = byName(places, faces);
    const staying = [first!];
    for (const place of others) {
      if (bonds.rootOf(place) !== bonds.rootOf(first!)) {
        if (!bonds.mayJoin(place, first!)) {
          loose.push(place);
          continue;
        }
        bonds.join(place, first!);
      }
      staying.push(place);
    }
    for (const part of Map.groupBy(staying, (place) => former(place)!.part).values()) {
      const sum = part.reduce((total, place) => total + former(place)!.logCrowding, 0);
      kept.push({ places: part.sort((a, b) => a - b), logCrowding: sum / part.length });
    }
  }
  return { kept, loose: loose.sort((a, b) => a - b) };
}

/** The faces of the person with the most named faces first, then those of others, then the rest; by place within each. */
function byName(places: readonly number[], faces: readonly FaceFacts[]): number[] {
  const named = Map.groupBy(
    places.filter((place) => isNamed(faces[place]!)),
    (place) => faces[place]!.personId!,
  );
  const people = [...named.values()].sort((a, b) => b.length - a.length || a[0]! - b[0]!);
  const rest = places.filter((place) => !isNamed(faces[place]!));
  return [...people.flat(), ...rest];
}
