import { type ExifTags, exifText } from '../tags/read-exif.ts';
import { type XmpTags, xmpText } from '../tags/read-xmp.ts';
import { parseDate } from './clock/parse-date.ts';
import { instantOf } from './clock/wall-clock.ts';

/**
 * Offsets in use somewhere since cameras have GPS: whole hours, and the halves and quarters of Newfoundland, the Marquesas, Caracas, Iran,
 * Afghanistan, India, Nepal, Myanmar, North Korea, Australia, Lord Howe, and the Chatham Islands. Others would only be met by a fix that is old by chance.
 */
const OFFSETS_IN_USE_MINUTES = [
  ...Array.from({ length: 27 }, (_, index) => (index - 12) * 60),
  ...[-9.5, -4.5, -3.5, -2.5, 3.5, 4.5, 5.5, 5.75, 6.5, 8.5, 8.75, 9.5, 10.5, 12.75, 13.75].map((hours) => hours * 60),
];

/** How far the clock of a camera may be off, and its last GPS fix old, for the two to be one moment. Phones are within seconds. */
const MAX_CLOCK_DRIFT_MINUTES = 3;

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
  return OFFSETS_IN_USE_MINUTES.find((offset) => Math.abs(difference - offset) <= MAX_CLOCK_DRIFT_MINUTES) ?? null;
}
