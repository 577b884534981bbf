/** A rectangle in pixels of the upright (EXIF-oriented) image; it covers columns x .. x + width - 1. */
export interface FaceBox {
  x: number;
  y: number;
  width: number;
  height: number;
}
