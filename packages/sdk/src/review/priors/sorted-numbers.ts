/** How many of the ascending numbers lie from `from` to `to`, both included. */
export function countBetween(ascending: Float64Array, from: number, to: number): number {
  return Math.max(0, firstFrom(ascending, to, true) - firstFrom(ascending, from, false));
}

/** Place of the first number of at least `limit`, or above it. */
function firstFrom(ascending: Float64Array, limit: number, isAbove: boolean): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = ascending[middle]!;
    if (isAbove ? value <= limit : value < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
