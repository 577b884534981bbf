import type { ExifTags, ExifValue } from '../tags/read-exif.ts';
import type { ExiftoolTags } from './exiftool.ts';
import { findNumber, findTags, findText, textAt } from './find-tag.ts';

/** Texts of EXIF by our names, which are the standard's, and by exiftool's. */
const TEXTS: readonly [name: string, key: string][] = [
  ['DateTimeOriginal', 'ExifIFD:DateTimeOriginal'],
  ['DateTimeDigitized', 'ExifIFD:CreateDate'],
  ['DateTime', 'IFD0:ModifyDate'],
  ['SubSecTimeOriginal', 'ExifIFD:SubSecTimeOriginal'],
  ['SubSecTimeDigitized', 'ExifIFD:SubSecTimeDigitized'],
  ['SubSecTime', 'ExifIFD:SubSecTime'],
  ['OffsetTimeOriginal', 'ExifIFD:OffsetTimeOriginal'],
  ['OffsetTimeDigitized', 'ExifIFD:OffsetTimeDigitized'],
  ['OffsetTime', 'ExifIFD:OffsetTime'],
  ['ImageDescription', 'IFD0:ImageDescription'],
  ['UserComment', 'ExifIFD:UserComment'],
  ['GPSDateStamp', 'GPS:GPSDateStamp'],
];

/**
 * What exiftool found, as if it stood in EXIF: there everything that makes sense of a photo looks for time, place, camera and exposure. What a maker
 * keeps in a group of its own (Apple's `Keys`, Sigma's header) serves where EXIF itself says nothing.
 */
export function toExif(tags: ExiftoolTags): ExifTags {
  const values: [name: string, value: ExifValue | null][] = [
    ...TEXTS.map(([name, key]) => [name, textAt(tags, key)] as [string, string | null]),
    ['Make', textAt(tags, 'IFD0:Make') ?? findText(tags, 'Make', 'DeviceManufacturer', 'AndroidMake')],
    ['Model', textAt(tags, 'IFD0:Model') ?? findText(tags, 'Model', 'DeviceModelName', 'AndroidModel')],
    ['LensModel', lensOf(tags)],
    ['ExposureTime', findNumber(tags, 'ExposureTime')],
    ['FNumber', findNumber(tags, 'FNumber')],
    ['ISOSpeedRatings', findNumber(tags, 'ISO')],
    ['FocalLength', findNumber(tags, 'FocalLength')],
    ['TimeZoneOffset', findNumber(tags, 'TimeZoneOffset')],
    ['GPSTimeStamp', clock(textAt(tags, 'GPS:GPSTimeStamp'))],
    ['GPSImgDirection', findNumber(tags, 'GPSImgDirection')],
    ['GPSHPositioningError', findNumber(tags, 'GPSHPositioningError', 'LocationAccuracyHorizontal')],
    ['Orientation', orientationOf(tags)],
    ...position(tags),
  ];
  return Object.fromEntries(values.filter((entry): entry is [string, ExifValue] => entry[1] !== null));
}

/** exiftool counts degrees with a sign wherever a position stands, in the film or in EXIF; EXIF has no signs. */
function position(tags: ExiftoolTags): [name: string, value: ExifValue | null][] {
  const [latitude, longitude, altitude] = ['GPSLatitude', 'GPSLongitude', 'GPSAltitude'].map((name) => {
    const [found] = findTags(tags, name, (group) => group === 'Composite');
    return typeof found?.value === 'number' ? found.value : null;
  });
  if (latitude == null || longitude == null) return [];
  return [
    ['GPSLatitude', Math.abs(latitude)],
    ['GPSLatitudeRef', latitude < 0 ? 'S' : 'N'],
    ['GPSLongitude', Math.abs(longitude)],
    ['GPSLongitudeRef', longitude < 0 ? 'W' : 'E'],
    ['GPSAltitude', altitude == null ? null : Math.abs(altitude)],
    ['GPSAltitudeRef', altitude != null && altitude < 0 ? 1 : 0],
  ];
}

/** Of many lenses makers keep a code alone. */
function lensOf(tags: ExiftoolTags): string | null {
  const lens = findText(tags, 'LensModel', 'Lens');
  return lens !== null && /\p{L}/u.test(lens) ? lens : null;
}

/** Hours, minutes and seconds. */
function clock(text: string | null): number[] | null {
  const parts = text?.split(':').map(Number) ?? [];
  return parts.length === 3 && parts.every(Number.isFinite) ? parts : null;
}

/** The EXIF orientation for a turn by so many degrees clockwise. */
const ORIENTATION_OF_DEGREES = new Map([
  [0, 1],
  [90, 6],
  [180, 3],
  [270, 8],
]);

/** Films and Sigma's RAW say by how many degrees to turn. */
function orientationOf(tags: ExiftoolTags): number | null {
  const stated = findNumber(tags, 'Orientation');
  return stated ?? ORIENTATION_OF_DEGREES.get(findNumber(tags, 'Rotation') ?? 0) ?? null;
}
