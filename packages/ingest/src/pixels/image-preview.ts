import type { Sharp } from 'sharp';
import { sharpOfPixels } from './safe-sharp.ts';

/** Longest side of the small copy that hash and placeholder are made from; ThumbHash takes no more. */
const PREVIEW_PIXELS = 100;

/** Side of the grey square that the perceptual hash transforms. */
export const GREY_SIDE = 32;

/** A small upright copy of a photo. */
export interface ImagePreview {
  width: number;
  height: number;
  /** sRGB with alpha, 4 bytes a pixel, row by row. */
  rgba: Uint8Array;
  /** `GREY_SIDE` x `GREY_SIDE` brightnesses of the picture squeezed into a square, row by row. */
  grey: Uint8Array;
}

/** Makes the small copy. Straight from a JPEG this is decoded at an eighth of its size, which is four times as fast. */
export async function previewOf(upright: Sharp): Promise<ImagePreview> {
  const small = upright.resize(PREVIEW_PIXELS, PREVIEW_PIXELS, { fit: 'inside', withoutEnlargement: true });
  const { data, info } = await small
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const square = sharpOfPixels(data, width, height, 4)
    .flatten({ background: '#fff' })
    .resize(GREY_SIDE, GREY_SIDE, { fit: 'fill' });
  const grey = await square.greyscale().extractChannel(0).raw().toBuffer();
  return { width, height, rgba: data, grey };
}
