import { squaredDistance } from '../search/distance.ts';
import { Pace } from '../values/pace.ts';
import { principalAxes } from '../values/principal-axes.ts';

/**
 * Coordinates kept of a vector. dlib's lie mostly along few directions: of pairs beyond EVIDENCE_REACH, four of five are told by 48
 * of 128 (Labeled Faces in the Wild, December 2026).
 */
export const COORDINATES = 48;
/** For fewer faces it is not worth finding the axes. */
const LEAST_FACES = 2_000;
/** A sum of rounded coordinates may come out above the true one, by less than that. */
const ROUNDING = 1e-5;

/**
 * The first coordinates of vectors along the axes in which they differ most. Their distance is at most that of the vectors, whatever the
 * axes are: whoever is too far by these is too far, and needs no closer look.
 */
export interface CoarseVectors {
  /** COORDINATES axes, one after the other. */
  readonly axes: Float64Array;
  /** COORDINATES numbers for each vector. */
  readonly vectors: Float32Array;
}

/** null where there are too few vectors, or they are short already. */
export async function coarseVectors(
  vectors: Float32Array,
  dimension: number,
  signal?: AbortSignal,
): Promise<CoarseVectors | null> {
  if (dimension <= COORDINATES || vectors.length < LEAST_FACES * dimension) return null;
  const pace = new Pace(signal);
  const axes = (await principalAxes(vectors, dimension, pace)).slice(0, COORDINATES * dimension);
  const count = vectors.length / dimension;
  const coarse = new Float32Array(count * COORDINATES);
  for (let i = 0; i < count; i++) {
    coarse.set(coarsen(axes, vectors.subarray(i * dimension, (i + 1) * dimension)), i * COORDINATES);
    if (pace.isDue()) await pace.rest();
  }
  return { axes, vectors: coarse };
}

/** Of `later` vectors: the same but for some, and more of them. */
export function laterCoarseVectors({ axes, vectors }: CoarseVectors, former: Float32Array, later: Float32Array): CoarseVectors {
  const dimension = axes.length / COORDINATES;
  const coarse = new Float32Array((later.length / dimension) * COORDINATES);
  coarse.set(vectors);
  for (let start = 0; start < later.length; start += dimension) {
    const vector = later.subarray(start, start + dimension);
    const isSame = start < former.length && vector.every((value, i) => value === former[start + i]);
    if (!isSame) coarse.set(coarsen(axes, vector), (start / dimension) * COORDINATES);
  }
  return { axes, vectors: coarse };
}

/** The first coordinates of a vector. */
export function coarsen(axes: Float64Array, vector: Float32Array): Float32Array {
  const coordinates = new Float32Array(COORDINATES);
  for (let i = 0; i < COORDINATES; i++) coordinates[i] = innerProduct(axes, i * vector.length, vector);
  return coordinates;
}

/** The coordinates of the vectors at these places, side by side. */
export function coarseRows(coarse: CoarseVectors, places: readonly number[]): Float32Array {
  const rows = new Float32Array(places.length * COORDINATES);
  for (const [row, place] of places.entries()) {
    rows.set(coarse.vectors.subarray(place * COORDINATES, (place + 1) * COORDINATES), row * COORDINATES);
  }
  return rows;
}

/** Whether the vector of a row is certainly further from the probe than the square root of `limit`. */
export function isBeyond(rows: Float32Array, row: number, probe: Float32Array, limit: number): boolean {
  const enough = limit * (1 + ROUNDING) + ROUNDING;
  return squaredDistance(rows, row * COORDINATES, probe, enough) > enough;
}

function innerProduct(axes: Float64Array, offset: number, vector: Float32Array): number {
  const inFours = vector.length - (vector.length % 4);
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < inFours; i += 4) {
    first += axes[offset + i]! * vector[i]!;
    second += axes[offset + i + 1]! * vector[i + 1]!;
    third += axes[offset + i + 2]! * vector[i + 2]!;
    fourth += axes[offset + i + 3]! * vector[i + 3]!;
  }
  let rest = 0;
  for (let i = inFours; i < vector.length; i++) rest += axes[offset + i]! * vector[i]!;
  return first + second + (third + fourth) + rest;
}
