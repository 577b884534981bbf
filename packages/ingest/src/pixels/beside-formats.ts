import type { RgbPixels } from './rgb-pixels.ts';

/** Formats that sharp comes without, and the packages that a user installs beside this one to see them. */
export const DECODER_PACKAGES = { heic: 'libheif-js', jxl: 'wasm-vips' } as const;

export type BesideFormat = keyof typeof DECODER_PACKAGES;

/**
 * Decodes the picture of a file, turned as its container orders (HEIF `irot` and `imir`, the orientation of a JPEG XL codestream).
 * Throws plain errors in the decoder's words.
 */
export type DecodeFile = (file: Uint8Array, maxPixels: number) => Promise<RgbPixels>;

/** The memory of a decoder is no longer in the state that an image needs. The image is whole: another thread may decode it. */
export class SpentDecoderError extends Error {}
