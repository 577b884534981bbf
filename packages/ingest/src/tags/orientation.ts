import type { PhotoBlocks } from '../formats/photo-blocks.ts';
import { type ExifTags, exifNumber } from './read-exif.ts';
import { type XmpTags, xmpText } from './read-xmp.ts';
import type { RegionFrame } from './region-placement.ts';

/** The orientation 1..8 that the metadata states; 1 when it states none that exists. */
export function readOrientation(exif: ExifTags, xmp: XmpTags): number {
  const stated = exifNumber(exif, 'Orientation') ?? xmpOrientation(xmp) ?? 1;
  return isOrientation(stated) ? stated : 1;
}

/** The orientation 1..8 that XMP states; null when it states none that exists. */
export function xmpOrientation(xmp: XmpTags): number | null {
  const stated = Number(xmpText(xmp, 'tiff:Orientation') ?? Number.NaN);
  return isOrientation(stated) ? stated : null;
}

/** What decides how a picture is shown, besides its EXIF. */
type StoredPicture = Pick<PhotoBlocks, 'width' | 'height' | 'obeysExif'>;

/** Width and height of the image as people see it. */
export function uprightSize(blocks: StoredPicture, exif: ExifTags): { width: number; height: number } {
  const { storedWidth, storedHeight, orientation } = regionFrame(blocks, exif);
  return orientation >= 5 ? { width: storedHeight, height: storedWidth } : { width: storedWidth, height: storedHeight };
}

/** The stored picture and the turn that decoders give it. They never obey XMP. */
export function regionFrame(blocks: StoredPicture, exif: ExifTags): RegionFrame {
  const stated = exifNumber(exif, 'Orientation') ?? 1;
  const orientation = blocks.obeysExif && isOrientation(stated) ? stated : 1;
  const { width, height } = blocks.width > 0 && blocks.height > 0 ? blocks : sizeByExif(exif);
  return { storedWidth: width, storedHeight: height, orientation };
}

/** Of a file that is cut before its picture begins. */
function sizeByExif(exif: ExifTags): { width: number; height: number } {
  return { width: exifNumber(exif, 'PixelXDimension') ?? 0, height: exifNumber(exif, 'PixelYDimension') ?? 0 };
}

function isOrientation(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 8;
}
