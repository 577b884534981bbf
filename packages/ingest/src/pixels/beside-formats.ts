import { IngestError } from '../model/ingest-error.ts';
import type { RgbPixels } from './rgb-pixels.ts';

/** Formats that sharp comes without, of those that need them, and the packages that a user installs beside this one to see them. */
export const DECODER_PACKAGES = { heic: 'libheif-js', jxl: 'wasm-vips' } as const;

/** The modules of them that are loaded. */
export const DECODER_MODULES = {
  heic: 'libheif-js/libheif-wasm/libheif.js',
  jxl: 'wasm-vips',
} as const satisfies Record<OptionalFormat, string>;

const FORMAT_NAMES: Readonly<Record<OptionalFormat, string>> = { heic: 'HEIC', jxl: 'JPEG XL' };

export function decoderMissing(name: string, format: OptionalFormat): IngestError {
  return new IngestError('DECODER_MISSING', `${name} is a ${FORMAT_NAMES[format]} photo, and its decoder is not installed.`, {
    remedy: `Run: npm install ${DECODER_PACKAGES[format]} (or: photoorg setup ${format}).`,
  });
}

/** Formats whose decoders are optional. */
export type OptionalFormat = keyof typeof DECODER_PACKAGES;

/** Formats that another decoder than sharp reads. */
export type BesideFormat = OptionalFormat | 'bmp';

/**
 * Decodes the picture of a file, turned as its container orders (HEIF `irot` and `imir`, the orientation of a JPEG XL codestream).
 * Throws plain errors in the decoder's words.
 *
 * @param itemId an item of HEIC in place of its picture
 */
export type DecodeFile = (file: Uint8Array, maxPixels: number, itemId?: number) => Promise<RgbPixels>;

/** The memory of a decoder is no longer in the state that an image needs. The image is whole: another thread may decode it. */
export class SpentDecoderError extends Error {}
