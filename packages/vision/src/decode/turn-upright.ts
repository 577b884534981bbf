import type { RgbImage } from '../rgb-image.ts';

/**
 * Turns stored pixels upright by their EXIF orientation (1..8; 1 and unknown values change nothing). From 5 on, width and height
 * change places.
 */
export function turnUpright(image: RgbImage, orientation: number): RgbImage {
  if (!Number.isInteger(orientation) || orientation < 2 || orientation > 8) return image;
  const { data, width, height } = image;
  const isTransposed = orientation >= 5;
  const isMirroredX = [2, 3, 7, 8].includes(orientation);
  const isMirroredY = [3, 4, 6, 7].includes(orientation);
  const outWidth = isTransposed ? height : width;
  const outHeight = isTransposed ? width : height;
  const out = new Uint8Array(data.length);
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      const storedX = isTransposed ? y : x;
      const storedY = isTransposed ? x : y;
      const fromX = isMirroredX ? width - 1 - storedX : storedX;
      const fromY = isMirroredY ? height - 1 - storedY : storedY;
      const from = (fromY * width + fromX) * 3;
      const to = (y * outWidth + x) * 3;
      out[to] = data[from]!;
      out[to + 1] = data[from + 1]!;
      out[to + 2] = data[from + 2]!;
    }
  }
  return { data: out, width: outWidth, height: outHeight };
}
