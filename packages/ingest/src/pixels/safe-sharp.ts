import sharp, { type Sharp } from 'sharp';
import { MAX_PIXELS } from '../model/limits.ts';

/** Loaders for photos. All others stay shut: SVG opens files and URLs, PDF and ImageMagick formats bring parsers of their own. */
const PHOTO_LOADERS = [
  'VipsForeignLoadJpeg',
  'VipsForeignLoadPng',
  'VipsForeignLoadWebp',
  'VipsForeignLoadHeif',
  'VipsForeignLoadTiff',
  'VipsForeignLoadNsgif',
];

sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: PHOTO_LOADERS });
// Every photo is decoded once: a cache of operations holds memory and finds nothing.
sharp.cache(false);
// Photos are decoded side by side. Threads for each of them besides make none faster, and take 90 MB: glibc gives every thread memory of its own.
sharp.concurrency(1);

/**
 * Opens a photo for decoding, within limits.
 *
 * `failOn: 'truncated'` refuses pictures whose data ends early, which would show as a grey lower half and hash as another photo. Damage that decoders
 * mend without a visible trace (libjpeg's warnings about extraneous bytes) is let through: thousands of good photos of old phones have it.
 */
export function openWithSharp(input: string | Uint8Array): Sharp {
  return sharp(input, { failOn: 'truncated', limitInputPixels: MAX_PIXELS, sequentialRead: true });
}

/** Wraps raw pixels for further work. */
export function sharpOfPixels(pixels: Uint8Array, width: number, height: number, channels: 1 | 2 | 3 | 4): Sharp {
  return sharp(pixels, { raw: { width, height, channels } });
}
