import type { Detection, DetectionBox } from './face-detector.ts';

/** Greedy non-maximum suppression: keeps the best detection of each group whose boxes overlap by more than `maxIou`. */
export function suppressOverlaps(detections: readonly Detection[], maxIou: number): Detection[] {
  const kept: Detection[] = [];
  for (const candidate of detections.toSorted((a, b) => b.score - a.score)) {
    if (kept.every(({ box }) => intersectionOverUnion(box, candidate.box) <= maxIou)) kept.push(candidate);
  }
  return kept;
}

/** Shared area of two boxes relative to the area they cover together, 0..1. */
export function intersectionOverUnion(a: DetectionBox, b: DetectionBox): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (area(a) + area(b) - shared);
}

function area({ left, top, right, bottom }: DetectionBox): number {
  return (right - left) * (bottom - top);
}
