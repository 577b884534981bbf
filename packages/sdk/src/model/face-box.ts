/** A face's rectangle in whole pixels of the upright (EXIF-oriented) image, inside it. */
export interface FaceBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A position in pixels of the upright image. */
export interface Point {
  x: number;
  y: number;
}
