/** Rotation, uniform scale and shift of the plane: (x, y) -> (a x - b y + shiftX, b x + a y + shiftY). */
export interface SimilarityTransform {
  a: number;
  b: number;
  shiftX: number;
  shiftY: number;
}

/**
 * The least-squares similarity that takes the points `from` to the points `to` (both x, y, x, y, ...).
 *
 * The closed form, in two dimensions, of the SVD that dlib's `find_similarity_transform` computes.
 */
export function findSimilarityTransform(from: ArrayLike<number>, to: ArrayLike<number>): SimilarityTransform {
  const count = from.length / 2;
  const [fromX, fromY] = centroid(from);
  const [toX, toY] = centroid(to);
  let spread = 0;
  let dot = 0;
  let cross = 0;
  for (let i = 0; i < count; i++) {
    const fx = from[2 * i]! - fromX;
    const fy = from[2 * i + 1]! - fromY;
    const tx = to[2 * i]! - toX;
    const ty = to[2 * i + 1]! - toY;
    spread += fx * fx + fy * fy;
    dot += fx * tx + fy * ty;
    cross += fx * ty - fy * tx;
  }
  const a = spread ? dot / spread : 1;
  const b = spread ? cross / spread : 0;
  return { a, b, shiftX: toX - (a * fromX - b * fromY), shiftY: toY - (b * fromX + a * fromY) };
}

function centroid(points: ArrayLike<number>): [number, number] {
  const count = points.length / 2;
  let x = 0;
  let y = 0;
  for (let i = 0; i < count; i++) {
    x += points[2 * i]!;
    y += points[2 * i + 1]!;
  }
  return [x / count, y / count];
}
