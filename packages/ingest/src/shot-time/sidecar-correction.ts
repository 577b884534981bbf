import type { ShotTimePrecision } from '../model/scanned-photo.ts';
import type { Reading } from './clock/reading.ts';
import { instantOf } from './clock/wall-clock.ts';
import { isInSomeZone } from './plausibility/unset-clock.ts';

/** Characters of a wall clock that its precision covers. A program may leave the fraction of a second out. */
const LENGTHS: Readonly<Record<ShotTimePrecision, number>> = {
  year: 4,
  month: 7,
  day: 10,
  minute: 16,
  second: 19,
  subsecond: 19,
};

/** Where people correct the time of a shot. What a sidecar says of the picture becoming digital is no correction. */
const CORRECTED = /^sidecar:(exif:DateTimeOriginal|photoshop:DateCreated)$/;

/**
 * Whether a sidecar says another time than the photo itself: then a person has corrected it there. Most sidecars only repeat what the photo says,
 * with less of the second and the offset, or as the same moment in UTC.
 *
 * @param own the best reading in the photo
 */
export function isCorrection(sidecar: Reading, own: Reading | undefined): boolean {
  return CORRECTED.test(sidecar.source) && (own === undefined || !repeats(sidecar, own));
}

function repeats(sidecar: Reading, own: Reading): boolean {
  const length = LENGTHS[sidecar.precision];
  if (LENGTHS[own.precision] < length) return false;
  const [said, shown] = [sidecar.local.slice(0, length), own.local.slice(0, length)];
  if (length < LENGTHS.minute) return said === shown;
  if (sidecar.offsetMinutes !== null && own.offsetMinutes !== null)
    return instantOf(said, sidecar.offsetMinutes).getTime() === instantOf(shown, own.offsetMinutes).getTime();
  return said === shown || (sidecar.offsetMinutes === 0 && isInSomeZone(said, shown));
}
