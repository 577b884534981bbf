import { refuseUnknown } from '../model/refuse-unknown.ts';
import { decodeImage } from './decode-image.ts';
import type { ImageInput } from './open-picture.ts';
import type { RgbPixels } from './rgb-pixels.ts';

/**
 * The upright pixels of a photo that few decoders read (HEIC, and RAW by the JPEG inside), for a face analyzer that reads JPEG and the like itself;
 * null for a photo of any other format.
 *
 * @throws {IngestError} as {@link renderThumbnail} does
 * @example
 * ```ts
 * const pixels = await readUnusualPixels('IMG_0001.HEIC');
 * const { faces } = await analyzer.analyze(pixels ?? 'IMG_0001.HEIC');
 * ```
 */
export async function readUnusualPixels(input: ImageInput, options: { signal?: AbortSignal } = {}): Promise<RgbPixels | null> {
  refuseUnknown('readUnusualPixels', options, { signal: true });
  const { signal } = options;
  return await decodeImage(input, async ({ pixels }) => pixels, { wantsPixels: true, signal });
}
