/** Decoded pixels of an upright photo: interleaved 8-bit RGB, row by row, without padding (`data.length === width * height * 3`). */
export interface RgbPixels {
  data: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
}
