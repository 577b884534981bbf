import { ImageTooLargeError, ImageUnreadableError } from '../errors.ts';
import { checkMaxPixels } from '../options/decode-options.ts';
import type { RgbImage } from '../rgb-image.ts';
import { MAX_PIXELS } from './decode-budget.ts';

/**
 * Decodes a picked file in the browser to upright 8-bit RGB, without colour conversion, as Node's `decodeImage` does.
 *
 * @throws ImageUnreadableError, ImageTooLargeError
 * @example
 * ```ts
 * const { data, width, height } = await decodeBlob(blob);
 * ```
 */
export async function decodeBlob(blob: Blob, maxPixels: number = MAX_PIXELS): Promise<RgbImage> {
  checkMaxPixels(maxPixels, 'maxPixels');
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(blob, {
      imageOrientation: 'from-image',
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
    });
  } catch (cause) {
    throw new ImageUnreadableError('This browser cannot decode the image.', { cause });
  }
  try {
    return readPixels(bitmap, maxPixels);
  } finally {
    bitmap.close();
  }
}

function readPixels(bitmap: ImageBitmap, maxPixels: number): RgbImage {
  const { width, height } = bitmap;
  if (width * height > maxPixels) {
    throw new ImageTooLargeError(`The image has ${width} x ${height} pixels, the limit is ${maxPixels} pixels.`);
  }
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new ImageTooLargeError(`This browser has no canvas of ${width} x ${height} pixels.`);
  context.drawImage(bitmap, 0, 0);
  const rgba = context.getImageData(0, 0, width, height).data;
  const data = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    data[to] = rgba[from]!;
    data[to + 1] = rgba[from + 1]!;
    data[to + 2] = rgba[from + 2]!;
  }
  return { data, width, height };
}
