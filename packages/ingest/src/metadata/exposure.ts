import type { PhotoMetadata } from '../model/scanned-photo.ts';
import { type ExifTags, exifNumber } from '../tags/read-exif.ts';
import { type XmpTags, xmpNumber } from '../tags/read-xmp.ts';

export type Exposure = Pick<PhotoMetadata, 'exposureTime' | 'fNumber' | 'iso' | 'focalLength'>;

/** EXIF keeps ISO in 16 bits; cameras that go beyond write this and put the real number into a younger tag. */
const ISO_BEYOND_FIELD = 65_535;

/**
 * How the camera was set. A lens without contacts leaves f-number and focal length at 0, which means unknown.
 *
 * @param makerIso of the maker note
 */
export function readExposure(exif: ExifTags, xmp: XmpTags, makerIso: number | null): Exposure {
  return {
    exposureTime: positive(exifNumber(exif, 'ExposureTime'), xmpNumber(xmp, 'exif:ExposureTime')),
    fNumber: positive(exifNumber(exif, 'FNumber'), xmpNumber(xmp, 'exif:FNumber')),
    iso: readIso(exif, xmp) ?? makerIso,
    focalLength: positive(exifNumber(exif, 'FocalLength'), xmpNumber(xmp, 'exif:FocalLength')),
  };
}

function readIso(exif: ExifTags, xmp: XmpTags): number | null {
  const iso = exifNumber(exif, 'ISOSpeedRatings');
  const recommended = exifNumber(exif, 'RecommendedExposureIndex');
  return iso === ISO_BEYOND_FIELD
    ? positive(recommended, iso)
    : positive(iso, recommended, xmpNumber(xmp, 'exif:ISOSpeedRatings'), xmpNumber(xmp, 'exifEX:PhotographicSensitivity'));
}

function positive(...numbers: (number | null)[]): number | null {
  return numbers.find((number) => number !== null && number > 0) ?? null;
}
