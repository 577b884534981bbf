import { MAX_PIXELS } from '../model/limits.ts';
import { type BesideFormat, decoderMissing } from './beside-formats.ts';
import { decodeError } from './decode-error.ts';
import { decodeInPool } from './decoder-pool.ts';
import type { ImageInput } from './open-picture.ts';
import type { RgbPixels } from './rgb-pixels.ts';
import { turnPixels } from './turn-upright.ts';

/**
 * Decodes upright what sharp comes without: HEIC, for its patents, and JPEG XL with a package that a user installs beside this one, and BMP.
 *
 * @throws {IngestError} `DECODER_MISSING` without that package, `IMAGE_TOO_LARGE`, `IMAGE_CORRUPT`, `IMAGE_TIMEOUT`
 */
export async function decodeBeside(
  format: BesideFormat,
  input: ImageInput,
  name: string,
  options: { itemId?: number; signal?: AbortSignal } = {},
): Promise<RgbPixels> {
  const { itemId, signal } = options;
  const task = { format, source: sourceOf(input), maxPixels: MAX_PIXELS, ...(itemId === undefined ? {} : { itemId }) };
  const reply = await decodeInPool(task, signal);
  switch (reply.kind) {
    case 'pixels':
      return await turnPixels(reply.pixels, reply.orientation);
    case 'failed':
      throw decodeError(name, new Error(reply.reason));
    case 'no-decoder':
      throw decoderMissing(name, reply.format);
  }
}

function sourceOf(input: ImageInput) {
  if (typeof input === 'string') return { path: input };
  return input instanceof Uint8Array ? { encoded: input } : { pathBytes: input.pathBytes };
}
