/** Decoded pixels: interleaved 8-bit RGB, row-major, without padding (`data.length === width * height * 3`). */
export interface RgbImage {
  data: Uint8Array;
  width: number;
  height: number;
}

/** What the pipeline reads: the path of an image file, an encoded image in memory, or upright pixels. */
export type ImageInput = string | Uint8Array | RgbImage;
