import type { Rows } from './nearest-rows.ts';

/** Faces that are alike, as one thing: what is needed to tell how far they lie from others, whatever their number. */
export interface Part {
  /** Places of its faces. */
  readonly faces: readonly number[];
  /** The mean of their vectors. */
  readonly centre: Float64Array;
  /** The mean of the squared lengths of their vectors. */
  readonly squares: number;
  /** Mean logarithm of the distance of its faces to strangers; null while it was not measured. */
  readonly logCrowding: number | null;
}

export function partOf(
  faces: readonly number[],
  vectors: Float32Array,
  dimension: number,
  logCrowding: number | null = null,
): Part {
  const centre = new Float64Array(dimension);
  let squares = 0;
  for (const face of faces) {
    for (let i = 0; i < dimension; i++) {
      const value = vectors[face * dimension + i]!;
      centre[i]! += value / faces.length;
      squares += (value * value) / faces.length;
    }
  }
  return { faces, centre, squares, logCrowding };
}

/** Mean squared L2 distance between the faces of one and those of the other. */
export function meanSquaredDistance(a: Part, b: Part): number {
  let product = 0;
  for (let i = 0; i < a.centre.length; i++) product += a.centre[i]! * b.centre[i]!;
  return Math.max(0, a.squares + b.squares - 2 * product);
}

export function joined(a: Part, b: Part): Part {
  const total = a.faces.length + b.faces.length;
  const [shareA, shareB] = [a.faces.length / total, b.faces.length / total];
  const known = a.logCrowding !== null && b.logCrowding !== null;
  return {
    faces: [...a.faces, ...b.faces],
    centre: a.centre.map((value, i) => shareA * value + shareB * b.centre[i]!),
    squares: shareA * a.squares + shareB * b.squares,
    logCrowding: known ? shareA * a.logCrowding! + shareB * b.logCrowding! : (a.logCrowding ?? b.logCrowding),
  };
}

/** The parts as rows, in their order. */
export function rowsOf(parts: readonly Part[], dimension: number): Rows {
  const vectors = new Float32Array(parts.length * dimension);
  const spread = new Float32Array(parts.length);
  for (const [row, { centre, squares }] of parts.entries()) {
    vectors.set(centre, row * dimension);
    spread[row] = Math.max(0, squares - centre.reduce((sum, value) => sum + value * value, 0));
  }
  return { vectors, dimension, spread };
}
