import type { PhotoBlocks } from '../formats/photo-blocks.ts';
import { type ExifTags, exifNumber } from './read-exif.ts';
import { type XmpTags, xmpText } from './read-xmp.ts';

/** The orientation 1..8 that the metadata states; 1 when it states none that exists. */
export function readOrientation(exif: ExifTags, xmp: XmpTags): number {
  const stated = exifNumber(exif, 'Orientation') ?? Number(xmpText(xmp, 'tiff:Orientation') ?? 1);
  return isOrientation(stated) ? stated : 1;
}

/** Width and height of the image as people see it. Decoders never obey XMP. */
export function uprightSize(blocks: PhotoBlocks, exif: ExifTags): { width: number; height: number } {
  const stated = exifNumber(exif, 'Orientation') ?? 1;
  const { width, height } = blocks;
  const isSideways = blocks.obeysExif && isOrientation(stated) && stated >= 5;
  return isSideways ? { width: height, height: width } : { width, height };
}

function isOrientation(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 8;
}
