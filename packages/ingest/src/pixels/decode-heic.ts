import { decodeHeicInPool } from '../heic-pool.ts';
import { IngestError } from '../ingest-error.ts';
import { MAX_PIXELS } from '../limits.ts';
import { decodeError } from './decode-error.ts';
import type { ImageInput } from './open-picture.ts';
import type { RgbPixels } from './rgb-pixels.ts';
import { turnPixels } from './turn-upright.ts';

/**
 * Decodes a HEIC photo upright with libheif-js, which a user installs beside this package: sharp comes without HEVC, for its patents.
 *
 * @throws {IngestError} `UNSUPPORTED_FORMAT` without libheif-js, `IMAGE_TOO_LARGE`, `IMAGE_CORRUPT`, `IMAGE_TIMEOUT`
 */
export async function decodeHeic(input: ImageInput, name: string, signal?: AbortSignal): Promise<RgbPixels> {
  const reply = await decodeHeicInPool({ source: sourceOf(input), maxPixels: MAX_PIXELS }, signal);
  switch (reply.kind) {
    case 'pixels':
      return await turnPixels(reply.pixels, reply.orientation);
    case 'failed':
      throw decodeError(name, new Error(reply.reason));
    case 'no-decoder':
      throw new IngestError(
        'UNSUPPORTED_FORMAT',
        `${name} is a HEIC photo, and its decoder is not installed. Run: npm install libheif-js`,
      );
  }
}

function sourceOf(input: ImageInput) {
  if (typeof input === 'string') return { path: input };
  return input instanceof Uint8Array ? { encoded: input } : input;
}
