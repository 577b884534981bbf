import type { Pace } from './pace.ts';

/** Vectors that the directions are found by; more change nothing that matters. */
const SAMPLE = 4_000;
const SWEEPS = 12;
/** Share of the diagonal below which what is left beside it counts as nothing. */
const DIAGONAL_ENOUGH = 1e-10;

/** The directions in which vectors differ: orthonormal, one after the other, that of the largest variance first. */
export async function principalAxes(vectors: Float32Array, dimension: number, pace: Pace): Promise<Float64Array> {
  const { values, axes } = await eigenvectors(await covariance(vectors, dimension, pace), dimension, pace);
  const order = [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b);
  const sorted = new Float64Array(axes.length);
  for (const [place, axis] of order.entries()) {
    for (let i = 0; i < dimension; i++) sorted[place * dimension + i] = axes[i * dimension + axis]!;
  }
  return sorted;
}

async function covariance(vectors: Float32Array, dimension: number, pace: Pace): Promise<Float64Array> {
  const total = vectors.length / dimension;
  const step = Math.max(1, Math.floor(total / SAMPLE));
  const mean = new Float64Array(dimension);
  const matrix = new Float64Array(dimension * dimension);
  let sampled = 0;
  for (let row = 0; row < total; row += step, sampled++) {
    for (let i = 0; i < dimension; i++) mean[i]! += vectors[row * dimension + i]!;
  }
  for (let i = 0; i < dimension; i++) mean[i]! /= sampled;
  for (let row = 0; row < total; row += step) {
    for (let i = 0; i < dimension; i++) {
      const difference = vectors[row * dimension + i]! - mean[i]!;
      for (let j = 0; j <= i; j++) matrix[i * dimension + j]! += difference * (vectors[row * dimension + j]! - mean[j]!);
    }
    if (pace.isDue()) await pace.rest();
  }
  for (let i = 0; i < dimension; i++) for (let j = 0; j < i; j++) matrix[j * dimension + i] = matrix[i * dimension + j]!;
  return matrix;
}

/** Of a symmetric matrix, by Jacobi's rotations (Golub and Van Loan, Matrix Computations, 8.5); the matrix is used up. */
async function eigenvectors(
  matrix: Float64Array,
  size: number,
  pace: Pace,
): Promise<{ values: Float64Array; axes: Float64Array }> {
  const axes = new Float64Array(size * size);
  for (let i = 0; i < size; i++) axes[i * size + i] = 1;
  for (let sweep = 0; sweep < SWEEPS && !isDiagonal(matrix, size); sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) rotatePair(matrix, axes, size, p, q);
      if (pace.isDue()) await pace.rest();
    }
  }
  return { values: Float64Array.from({ length: size }, (_, i) => matrix[i * size + i]!), axes };
}

function isDiagonal(matrix: Float64Array, size: number): boolean {
  let [inside, beside] = [0, 0];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      if (i === j) inside += matrix[i * size + j]! ** 2;
      else beside += matrix[i * size + j]! ** 2;
    }
  }
  return beside <= DIAGONAL_ENOUGH * inside;
}

function rotatePair(matrix: Float64Array, axes: Float64Array, size: number, p: number, q: number): void {
  const beside = matrix[p * size + q]!;
  if (beside === 0) return;
  const theta = (matrix[q * size + q]! - matrix[p * size + p]!) / (2 * beside);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let i = 0; i < size; i++) turn(matrix, i * size + p, i * size + q, cosine, sine);
  for (let i = 0; i < size; i++) turn(matrix, p * size + i, q * size + i, cosine, sine);
  for (let i = 0; i < size; i++) turn(axes, i * size + p, i * size + q, cosine, sine);
}

function turn(values: Float64Array, a: number, b: number, cosine: number, sine: number): void {
  const [first, second] = [values[a]!, values[b]!];
  values[a] = cosine * first - sine * second;
  values[b] = sine * first + cosine * second;
}
