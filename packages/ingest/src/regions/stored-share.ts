import { type RegionFrame, type Share, turn } from '../tags/face-regions.ts';

/** Pixels of the upright image. */
export interface RegionBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The orientation that undoes another. Mirrorings and the half turn undo themselves. */
const INVERSE: Readonly<Record<number, number>> = { 6: 8, 8: 6 };

/** A box as a share of the picture as it is stored, before decoders turn it upright. */
export function storedShare(box: RegionBox, { storedWidth, storedHeight, orientation }: RegionFrame): Share {
  return turn(uprightShare(box, { storedWidth, storedHeight, orientation }), INVERSE[orientation] ?? orientation);
}

/** A box as a share of the upright picture. */
export function uprightShare(box: RegionBox, { storedWidth, storedHeight, orientation }: RegionFrame): Share {
  const [width, height] = orientation >= 5 ? [storedHeight, storedWidth] : [storedWidth, storedHeight];
  return { x: box.x / width, y: box.y / height, width: box.width / width, height: box.height / height };
}
