import type { ExifTags } from './read-exif.ts';
import { exifNumber, exifText } from './read-exif.ts';
import { type XmpTags, xmpNumber, xmpText } from './read-xmp.ts';

/** A place on earth, WGS 84. */
export interface Position {
  /** Degrees, north positive. */
  latitude: number;
  /** Degrees, east positive. */
  longitude: number;
  /** Metres above sea level. */
  altitude: number | null;
}

/** GPS altitudes outside are unset or broken receivers: the Mariana trench and well above airliners. */
const MIN_ALTITUDE_METRES = -11_000;
const MAX_ALTITUDE_METRES = 100_000;

/**
 * The position that EXIF, else XMP, gives. Exactly 0 is a valid latitude (the equator) and a valid longitude (Greenwich);
 * both 0 at once is what receivers write before they have a fix, and is refused.
 */
export function readPosition(exif: ExifTags, xmp: XmpTags): Position | null {
  return (
    positionOf(exifCoordinate(exif, 'Latitude', 'S'), exifCoordinate(exif, 'Longitude', 'W'), exifAltitude(exif)) ??
    positionOf(xmpCoordinate(xmp, 'exif:GPSLatitude'), xmpCoordinate(xmp, 'exif:GPSLongitude'), xmpAltitude(xmp))
  );
}

/** A position of degrees and metres; null when it is none, is impossible, or stands for a missing fix. */
export function positionOf(latitude: number | null, longitude: number | null, altitude: number | null): Position | null {
  if (latitude === null || longitude === null || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
  if (latitude === 0 && longitude === 0) return null;
  const isPlausible = altitude !== null && altitude >= MIN_ALTITUDE_METRES && altitude <= MAX_ALTITUDE_METRES;
  return { latitude, longitude, altitude: isPlausible ? altitude : null };
}

/** Degrees, minutes and seconds, unsigned, with the hemisphere in a tag of its own. */
function exifCoordinate(tags: ExifTags, axis: 'Latitude' | 'Longitude', negativeRef: string): number | null {
  const value = tags[`GPS${axis}`];
  const parts = Array.isArray(value) ? value : [value];
  const [degrees, minutes = 0, seconds = 0] = parts.map((part) => (typeof part === 'number' ? part : Number.NaN));
  // A receiver without seconds writes them as 0/0.
  const total =
    (degrees ?? Number.NaN) + (Number.isNaN(minutes) ? 0 : minutes) / 60 + (Number.isNaN(seconds) ? 0 : seconds) / 3600;
  if (!Number.isFinite(total)) return null;
  const isNegative = exifText(tags, `GPS${axis}Ref`)?.toUpperCase().startsWith(negativeRef) ?? false;
  return isNegative && total > 0 ? -total : total;
}

function exifAltitude(tags: ExifTags): number | null {
  const metres = exifNumber(tags, 'GPSAltitude');
  const isBelowSea = exifNumber(tags, 'GPSAltitudeRef') === 1;
  return metres !== null && isBelowSea && metres > 0 ? -metres : metres;
}

/** `37,19.178N`, `37,19,10.69N` or plain degrees. */
function xmpCoordinate(tags: XmpTags, name: string): number | null {
  const match = /^(-?[\d.]+)(?:,([\d.]+))?(?:,([\d.]+))?\s*([NSEW])?$/i.exec(xmpText(tags, name) ?? '');
  if (match === null) return null;
  const [, degrees, minutes = 0, seconds = 0, ref = ''] = match;
  const total = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600;
  if (!Number.isFinite(total)) return null;
  return /[SW]/i.test(ref) && total > 0 ? -total : total;
}

function xmpAltitude(tags: XmpTags): number | null {
  const metres = xmpNumber(tags, 'exif:GPSAltitude');
  return metres !== null && xmpText(tags, 'exif:GPSAltitudeRef') === '1' && metres > 0 ? -metres : metres;
}
