import { Pace } from '../values/pace.ts';
import type { Bonds } from './bonds.ts';
import type { FacesToGroup } from './faces-to-group.ts';
import { joinAlike } from './join-alike.ts';
import { mergeParts } from './merge-parts.ts';
import { SURE_DISTANCE } from './merge-score.ts';
import { nearestRows } from './nearest-rows.ts';
import { neighbourSets, probesOf } from './neighbour-sets.ts';
import { meanSquaredDistance, partOf, rowsOf } from './parts.ts';
import { rotateVectors } from './rotate-vectors.ts';
import { keptTogether, saidBonds } from './said-bonds.ts';

export interface GroupOfFaces {
  readonly parts: readonly PartOfGroup[];
}

export interface PartOfGroup {
  /** Places, ascending. */
  readonly faces: readonly number[];
  readonly logCrowding: number;
}

export interface GroupingOptions {
  readonly signal?: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Neighbours of each face that are looked at first, within SURE_DISTANCE. */
const NEAREST_FACES = 20;
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
  const { signal, onProgress } = options;
  const pace = new Pace(signal);
  const bonds = saidBonds(given);
  const { kept, loose } = keptTogether(given, bonds);
  await pace.rest();
  const parts = loose.length === 0 ? kept : await partsOf(given, { bonds, kept, loose, pace, onProgress });
  onProgress?.(1);
  const groups = Map.groupBy(parts, ({ faces: [face] }) => bonds.rootOf(face!));
  return [...groups.values()].map((parts) => ({ parts }));
}

interface Standing {
  readonly bonds: Bonds;
  readonly kept: readonly PartOfGroup[];
  /** Places of faces that stand alone. */
  readonly loose: readonly number[];
  readonly pace: Pace;
  readonly onProgress?: (share: number) => void;
}

/** Finds where the faces that stand alone belong. */
async function partsOf(given: FacesToGroup, { bonds, kept, loose, pace, onProgress }: Standing): Promise<PartOfGroup[]> {
  const { faces, dimension } = given;
  const isMuch = loose.length * faces.length * dimension > WORTH_ROTATING;
  const vectors = isMuch ? await rotateVectors(given.vectors, dimension, pace) : given.vectors;
  const start = [
    ...loose.map((face) => partOf([face], vectors, dimension)),
    ...kept.map(({ faces, logCrowding }) => partOf(faces, vectors, dimension, logCrowding)),
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
  return parts.map((part) => ({ faces: part.faces.toSorted((a, b) => a - b), logCrowding: part.logCrowding! }));
}
