import { squaredDistance } from '../search/distance.ts';
import { Pace } from '../values/pace.ts';
import { principalAxes } from '../values/principal-axes.ts';

/**
 * Coordinates kept of a vector. dlib's lie mostly along few directions: of pairs beyond EVIDENCE_REACH, seven of eight are told by
 * 48 of 128 (Labeled Faces in the Wild, December 2026).
 */
export const COORDINATES = 48;
/** For fewer faces it is not worth finding the axes. */
const LEAST_FACES = 2_000;
/** A sum of rounded coordinates may come out above the true one, by less than that. */
const ROUNDING = 1e-5;

/**
 * The axes along which vectors differ most, COORDINATES of them one after the other; null where there are too few vectors, or they are short
 * already. The distance of two vectors' coordinates along them is at most that of the vectors, whatever the axes are: whoever is too far by
 * these is too far, and needs no closer look.
 */
export async function coarseAxes(vectors: Float32Array, dimension: number, signal?: AbortSignal): Promise<Float64Array | null> {
  if (dimension <= COORDINATES || vectors.length < LEAST_FACES * dimension) return null;
  return (await principalAxes(vectors, dimension, new Pace(signal))).slice(0, COORDINATES * dimension);
}

/** The first coordinates of a vector. */
export function coarsen(axes: Float64Array, vector: Float32Array): Float32Array {
  const coordinates = new Float32Array(COORDINATES);
  for (let i = 0; i < COORDINATES; i++) coordinates[i] = innerProduct(axes, i * vector.length, vector);
  return coordinates;
}

/** The coordinates of vectors that lie one after the other, likewise. */
export function coarseRows(axes: Float64Array, vectors: Float32Array): Float32Array {
  const dimension = axes.length / COORDINATES;
  const rows = new Float32Array((vectors.length / dimension) * COORDINATES);
  for (let row = 0; row * dimension < vectors.length; row++) {
    rows.set(coarsen(axes, vectors.subarray(row * dimension, (row + 1) * dimension)), row * COORDINATES);
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
