/**
 * L2 distance, summed in double precision and always in the same order. PostgreSQL on a server and in WebAssembly sum floats in different
 * orders and differ in the seventh digit; ranked by this, both give the same answer.
 */
export function l2Distance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(squaredDistance(a, 0, b, Number.POSITIVE_INFINITY));
}

/** Components summed before looking whether the distance is beyond reach already: most pairs are, half-way. */
const STRIDE = 16;

/**
 * Squared L2 distance between a probe and the vector that starts at `offset`: the square of `l2Distance`; or some number above `limit`, once
 * it cannot come out below.
 */
export function squaredDistance(vectors: Float32Array, offset: number, probe: Float32Array, limit: number): number {
  const inStrides = probe.length - (probe.length % STRIDE);
  let sum = 0;
  for (let from = 0; from < inStrides; from += STRIDE) {
    sum += squaredPart(vectors, offset + from, probe, from, STRIDE);
    if (sum > limit) return sum;
  }
  for (let i = inStrides; i < probe.length; i++) sum += (probe[i]! - vectors[offset + i]!) ** 2;
  return sum;
}

/** Of `length` components, a multiple of four. Four sums side by side do not wait for one another: three times as fast as one. */
export function squaredPart(vectors: Float32Array, offset: number, probe: Float32Array, from: number, length: number): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < length; i += 4) {
    const a = probe[from + i]! - vectors[offset + i]!;
    const b = probe[from + i + 1]! - vectors[offset + i + 1]!;
    const c = probe[from + i + 2]! - vectors[offset + i + 2]!;
    const d = probe[from + i + 3]! - vectors[offset + i + 3]!;
    first += a * a;
    second += b * b;
    third += c * c;
    fourth += d * d;
  }
  return first + second + (third + fourth);
}
