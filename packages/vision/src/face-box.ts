/** A rectangle in pixels of the upright (EXIF-oriented) image; it covers columns x .. x + width - 1. */
export interface FaceBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A rectangle as dlib writes it: the outermost pixels it covers, `right` and `bottom` included; integers, may leave the image. */
export interface DlibRect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * A box as dlib writes it: `right` and `bottom` are the last pixels inside.
 *
 * @example
 * ```ts
 * toDlibRect({ x: 630, y: 254, width: 268, height: 268 }); // { left: 630, top: 254, right: 897, bottom: 521 }
 * ```
 */
export function toDlibRect(box: FaceBox): DlibRect {
  return { left: box.x, top: box.y, right: box.x + box.width - 1, bottom: box.y + box.height - 1 };
}

/**
 * The part of `rect` that lies inside an image of the given size; null when no pixel does.
 *
 * @example
 * ```ts
 * clipToImage({ left: -20, top: 10, right: 79, bottom: 109 }, { width: 640, height: 480 }); // { x: 0, y: 10, width: 80, height: 100 }
 * ```
 */
export function clipToImage(rect: DlibRect, image: { width: number; height: number }): FaceBox | null {
  const left = Math.max(0, rect.left);
  const top = Math.max(0, rect.top);
  const width = Math.min(image.width - 1, rect.right) - left + 1;
  const height = Math.min(image.height - 1, rect.bottom) - top + 1;
  return width > 0 && height > 0 ? { x: left, y: top, width, height } : null;
}
