import type { Pace } from '../values/pace.ts';
import { principalAxes } from '../values/principal-axes.ts';

/**
 * The same points turned so that the directions along which they differ most come first: distances stay as they are, and partial sums
 * tell early that two are far apart. dlib's 128 numbers span some 81 directions; half of a squared distance lies in the first 16.
 */
export async function rotateVectors(vectors: Float32Array, dimension: number, pace: Pace): Promise<Float32Array> {
  const axes = await principalAxes(vectors, dimension, pace);
  const rotated = new Float32Array(vectors.length);
  for (let start = 0; start < vectors.length; start += dimension) {
    for (let axis = 0; axis < dimension; axis++) {
      let sum = 0;
      for (let i = 0; i < dimension; i++) sum += axes[axis * dimension + i]! * vectors[start + i]!;
      rotated[start + axis] = sum;
    }
    if (pace.isDue()) await pace.rest();
  }
  return rotated;
}
