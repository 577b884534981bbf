import { IngestError } from '../model/ingest-error.ts';
import { MAX_PIXELS } from '../model/limits.ts';
import { type BesideFormat, DECODER_PACKAGES } from './beside-formats.ts';
import { decodeError } from './decode-error.ts';
import { decodeInPool } from './decoder-pool.ts';
import type { ImageInput } from './open-picture.ts';
import type { RgbPixels } from './rgb-pixels.ts';
import { turnPixels } from './turn-upright.ts';

const FORMAT_NAMES: Readonly<Record<BesideFormat, string>> = { heic: 'HEIC', jxl: 'JPEG XL' };

/**
 * Decodes a HEIC or JPEG XL photo upright with a package that a user installs beside this one: sharp comes without HEVC, for its patents, and
 * without JPEG XL.
 *
 * @throws {IngestError} `UNSUPPORTED_FORMAT` without that package, `IMAGE_TOO_LARGE`, `IMAGE_CORRUPT`, `IMAGE_TIMEOUT`
 */
export async function decodeBeside(
  format: BesideFormat,
  input: ImageInput,
  name: string,
  signal?: AbortSignal,
): Promise<RgbPixels> {
  const reply = await decodeInPool({ format, source: sourceOf(input), maxPixels: MAX_PIXELS }, signal);
  switch (reply.kind) {
    case 'pixels':
      return await turnPixels(reply.pixels, reply.orientation);
    case 'failed':
      throw decodeError(name, new Error(reply.reason));
    case 'no-decoder':
      throw new IngestError(
        'UNSUPPORTED_FORMAT',
        `${name} is a ${FORMAT_NAMES[format]} photo, and its decoder is not installed.`,
        { remedy: `Run: npm install ${DECODER_PACKAGES[format]}` },
      );
  }
}

function sourceOf(input: ImageInput) {
  if (typeof input === 'string') return { path: input };
  return input instanceof Uint8Array ? { encoded: input } : { pathBytes: input.pathBytes };
}
