import sharp, { type Sharp } from 'sharp';
import { MAX_STREAMED_PIXELS } from '../model/limits.ts';

/**
 * Opens a photo for decoding, within limits. Its format must be recognised already: libvips chooses its loader by the same first bytes, and has
 * loaders that open other files (SVG) or bring parsers of their own (PDF).
 *
 * `failOn: 'truncated'` refuses pictures whose data ends early, which would show as a grey lower half and hash as another photo. Damage that decoders
 * mend without a visible trace (libjpeg's warnings about extraneous bytes) is let through: thousands of good photos of old phones have it.
 *
 * @param options.isDamaged show what is left of such a picture, the rest in grey
 */
export function openWithSharp(input: string | Uint8Array, { isDamaged = false, ignoreIcc = false } = {}): Sharp {
  const failOn = isDamaged ? 'none' : 'truncated';
  return sharp(input, { failOn, ignoreIcc, limitInputPixels: MAX_STREAMED_PIXELS, sequentialRead: true });
}

/** Wraps raw pixels for further work. */
export function sharpOfPixels(pixels: Uint8Array, width: number, height: number, channels: 1 | 2 | 3 | 4): Sharp {
  return sharp(pixels, { raw: { width, height, channels } });
}
