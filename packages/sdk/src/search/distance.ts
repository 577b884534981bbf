/**
 * L2 distance, summed in double precision in the order of the components. PostgreSQL on a server and in WebAssembly sum floats in
 * different orders and differ in the seventh digit; ranked by this, both give the same answer.
 */
export function l2Distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - b[i]!;
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

/** Components summed before looking whether the distance is beyond reach already: most pairs are, half-way. */
const STRIDE = 16;

/**
 * Squared L2 distance between a probe and the vector that starts at `offset`, summed like `l2Distance` and so equal to it; or some
 * number above `limit`, once it cannot come out below.
 */
export function squaredDistance(vectors: Float32Array, offset: number, probe: Float32Array, limit: number): number {
  const dimension = probe.length;
  let sum = 0;
  for (let from = 0; from < dimension; from += STRIDE) {
    const to = Math.min(dimension, from + STRIDE);
    for (let i = from; i < to; i++) {
      const difference = probe[i]! - vectors[offset + i]!;
      sum += difference * difference;
    }
    if (sum > limit) return sum;
  }
  return sum;
}
