import type { FaceBox } from '@photoorg/sdk';

/** The part of a box that lies inside an image; null when none does. */
export function clipBox(box: FaceBox, image: { width: number; height: number }): FaceBox | null {
  const width = Math.min(box.width, image.width - box.x);
  const height = Math.min(box.height, image.height - box.y);
  return width >= 1 && height >= 1 ? { ...box, width, height } : null;
}
