import type { RegionFrame } from '../tags/region-placement.ts';
import type { Share } from '../tags/region-share.ts';

/** Pixels of the upright image. */
export interface RegionBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A box as a share of the upright picture. */
export function uprightShare(box: RegionBox, { storedWidth, storedHeight, orientation }: RegionFrame): Share {
  const [width, height] = orientation >= 5 ? [storedHeight, storedWidth] : [storedWidth, storedHeight];
  return { x: box.x / width, y: box.y / height, width: box.width / width, height: box.height / height };
}
