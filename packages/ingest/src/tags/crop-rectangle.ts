import { type XmpTags, xmpNumber, xmpText } from './read-xmp.ts';
import type { Share } from './region-share.ts';

/** What Lightroom and Camera Raw cut out of a picture, in shares of the whole one as it is stored. */
export interface CropRectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Degrees by which it is turned. */
  angle: number;
  /** Whether the pixels of the file are those of the crop. Without a word, either. */
  isApplied: boolean;
}

export interface Size {
  width: number;
  height: number;
}

/** A crop of a picture of some size, and the way of a region into it and out of it. */
export interface CroppedPicture extends Size {
  into(share: Share): Share;
  outOf(share: Share): Share;
}

/**
 * The crop that the develop settings state; null for none. https://exiftool.org/TagNames/XMP.html#crs
 *
 * Left, top, right and bottom are corners: a turned crop reaches from the one to the other along its own sides.
 */
export function readCrop(xmp: XmpTags): CropRectangle | null {
  if (xmpText(xmp, 'crs:HasCrop')?.toLowerCase() === 'false' && !isTrue(xmp, 'crs:AlreadyApplied')) return null;
  const [left, top, right, bottom] = ['Left', 'Top', 'Right', 'Bottom'].map((side) => xmpNumber(xmp, `crs:Crop${side}`));
  if (left == null || top == null || right == null || bottom == null) return null;
  const isInside = left >= 0 && top >= 0 && right <= 1 && bottom <= 1 && left < right && top < bottom;
  if (!isInside || (left === 0 && top === 0 && right === 1 && bottom === 1)) return null;
  return { left, top, right, bottom, angle: xmpNumber(xmp, 'crs:CropAngle') ?? 0, isApplied: isTrue(xmp, 'crs:AlreadyApplied') };
}

function isTrue(xmp: XmpTags, name: string): boolean {
  return xmpText(xmp, name)?.toLowerCase() === 'true';
}

/** What a crop makes of a picture: for a turned one both readings of its angle, of which the sizes tell the right one. */
export function cropsOf(whole: Size, crop: CropRectangle): CroppedPicture[] {
  const angles = crop.angle === 0 ? [0] : [crop.angle, -crop.angle];
  return angles.map((angle) => cropOf(whole, crop, angle)).filter(({ width, height }) => width > 0 && height > 0);
}

function cropOf(whole: Size, { left, top, right, bottom }: CropRectangle, degrees: number): CroppedPicture {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const turned = (x: number, y: number, sine: number) => [x * cos + y * sine, y * cos - x * sine] as const;
  const corner = { x: left * whole.width, y: top * whole.height };
  const [width, height] = turned((right - left) * whole.width, (bottom - top) * whole.height, sin);
  return {
    width,
    height,
    into(share) {
      const centre = { x: (share.x + share.width / 2) * whole.width, y: (share.y + share.height / 2) * whole.height };
      const [x, y] = turned(centre.x - corner.x, centre.y - corner.y, sin);
      return around(x / width, y / height, (share.width * whole.width) / width, (share.height * whole.height) / height);
    },
    outOf(share) {
      const [x, y] = turned((share.x + share.width / 2) * width, (share.y + share.height / 2) * height, -sin);
      const side = { width: (share.width * width) / whole.width, height: (share.height * height) / whole.height };
      return around((x + corner.x) / whole.width, (y + corner.y) / whole.height, side.width, side.height);
    },
  };
}

function around(x: number, y: number, width: number, height: number): Share {
  return { x: x - width / 2, y: y - height / 2, width, height };
}
