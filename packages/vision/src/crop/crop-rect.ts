import type { DlibRect, FaceBox } from '../face-box.ts';

/** Surroundings shown on each side of the face, relative to the face; enough for hair and chin. */
const CROP_MARGIN = 0.4;

/** Longer side of an encoded crop in pixels, at most: sharp on a high-density screen at the size of a review card. */
export const CROP_MAX_SIDE = 256;

/** The square around the face that a crop shows, moved (and only if need be cut) to lie inside the image. */
export function findCropRect(rect: DlibRect, image: { width: number; height: number }): FaceBox {
  const size = rect.right - rect.left + 1;
  const side = Math.round(size * (1 + 2 * CROP_MARGIN));
  const width = Math.min(side, image.width);
  const height = Math.min(side, image.height);
  const x = Math.round((rect.left + rect.right + 1 - width) / 2);
  const y = Math.round((rect.top + rect.bottom + 1 - height) / 2);
  return { x: clamp(x, 0, image.width - width), y: clamp(y, 0, image.height - height), width, height };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
