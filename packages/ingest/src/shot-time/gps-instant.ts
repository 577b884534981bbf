import { type ExifTags, exifText } from '../metadata/read-exif.ts';
import { type XmpTags, xmpText } from '../metadata/read-xmp.ts';
import { parseDate } from './parse-date.ts';
import { instantOf } from './wall-clock.ts';

/** Every offset in use is a multiple of this. */
const OFFSET_STEP_MINUTES = 15;

/** How far the clock of a camera may be off, and its last GPS fix old, for the two to be one moment. Phones are within seconds. */
const MAX_CLOCK_DRIFT_MINUTES = 3;

const MAX_OFFSET_MINUTES = 14 * 60;

/** The instant of the GPS fix, which satellites give in UTC; null when it is missing or impossible. */
export function gpsInstant(exif: ExifTags, xmp: XmpTags): Date | null {
  const date = exifText(exif, 'GPSDateStamp');
  const time = exif.GPSTimeStamp;
  if (
    date !== null &&
    Array.isArray(time) &&
    time.length === 3 &&
    time.every((part) => typeof part === 'number' && Number.isFinite(part))
  ) {
    const [hour, minute, second] = time.map((part) => String(Math.floor(Number(part))).padStart(2, '0'));
    const reading = parseDate(`${date} ${hour}:${minute}:${second}`);
    if (reading?.precision === 'second') return instantOf(reading.local, 0);
  }
  const reading = parseDate(xmpText(xmp, 'exif:GPSTimeStamp'));
  return reading === null || reading.precision === 'day' ? null : instantOf(reading.local, reading.offsetMinutes ?? 0);
}

/** The offset of a wall clock from UTC, when it and an instant (of a GPS fix) tell the same moment; null when they do not. */
export function offsetFromInstant(local: string, instant: Date): number | null {
  const difference = (instantOf(local, 0).getTime() - instant.getTime()) / 60_000;
  const offset = Math.round(difference / OFFSET_STEP_MINUTES) * OFFSET_STEP_MINUTES;
  const isSameMoment = Math.abs(difference - offset) <= MAX_CLOCK_DRIFT_MINUTES && Math.abs(offset) <= MAX_OFFSET_MINUTES;
  return isSameMoment ? offset + 0 : null;
}
