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
