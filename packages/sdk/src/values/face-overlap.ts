import type { FaceBox } from '../model/face-box.ts';

/** Overlap from which two boxes of one photo show the same face: the usual criterion of detection benchmarks (PASCAL VOC). */
export const SAME_FACE_OVERLAP = 0.5;
/** Overlap from which two boxes of one detection are one face found twice. */
export const DUPLICATE_OVERLAP = 0.9;

/** Intersection over union of two boxes: 0 (apart) to 1 (equal). */
export function overlap(a: FaceBox, b: FaceBox): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}

/**
 * Pairs found boxes with known ones, best overlap first, each at most once. Gives, for every found box, the index of its known box
 * or null.
 *
 * @example
 * ```ts
 * const drawn = [{ x: 640, y: 260, width: 250, height: 250 }];
 * const { faces } = await library.photos.getWithFaces(photoId);
 * const [index] = matchBoxes(drawn, faces.map(({ box }) => box)); // 0: the first stored face; null: none is there
 * ```
 */
export function matchBoxes(found: readonly FaceBox[], known: readonly FaceBox[]): (number | null)[] {
  const pairs = found.flatMap((box, foundIndex) =>
    known.map((other, knownIndex) => ({ foundIndex, knownIndex, overlap: overlap(box, other) })),
  );
  const candidates = pairs
    .filter((pair) => pair.overlap >= SAME_FACE_OVERLAP)
    .sort((a, b) => b.overlap - a.overlap || a.foundIndex - b.foundIndex || a.knownIndex - b.knownIndex);
  const matches: (number | null)[] = found.map(() => null);
  const taken = new Set<number>();
  for (const { foundIndex, knownIndex } of candidates) {
    if (matches[foundIndex] !== null || taken.has(knownIndex)) continue;
    matches[foundIndex] = knownIndex;
    taken.add(knownIndex);
  }
  return matches;
}
