import { squaredDistance } from '../../../packages/sdk/src/search/distance.ts';
import type { Crowd } from './crowd.ts';

/** Two distances closer than float32 can tell are the same. */
const SAME_DISTANCE = 1e-6;

/** The distances to the `count` nearest faces that pass, from all of them, ascending; the probe itself is left out. */
export function distancesExactly(crowd: Crowd, probe: number, count: number, passes: (face: number) => boolean): number[] {
  const nearest: number[] = [];
  const vector = crowd.vector(probe);
  for (let face = 0; face < crowd.size; face++) {
    if (face === probe || !passes(face)) continue;
    const limit = nearest.length < count ? Number.POSITIVE_INFINITY : nearest.at(-1)!;
    const squared = squaredDistance(crowd.vectors, face * crowd.dimension, vector, limit);
    if (squared >= limit) continue;
    const place = nearest.findLastIndex((other) => other <= squared) + 1;
    nearest.splice(place, 0, squared);
    if (nearest.length > count) nearest.pop();
  }
  return nearest.map(Math.sqrt);
}

/** How many of the true nearest are among those found, by their distances: which of two equally near ones does not matter. */
export function countFound(truth: readonly number[], found: readonly number[]): number {
  const farthest = truth.at(-1);
  if (farthest === undefined) return 0;
  return Math.min(truth.length, found.filter((distance) => distance <= farthest + SAME_DISTANCE).length);
}
