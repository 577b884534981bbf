/** Normally distributed numbers (Box and Muller) with mean 0 and variance 1. */
export function seededNormal(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
