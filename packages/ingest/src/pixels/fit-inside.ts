import type { Sharp } from 'sharp';

/** Scales an image down to a longest side; a smaller one keeps its size. */
export function fitInside(image: Sharp, size: number): Sharp {
  return image.resize(size, size, { fit: 'inside', withoutEnlargement: true });
}
