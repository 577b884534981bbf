import { agree, type Circumstances, type Evidence, isReading, millisOf, OWN_CLOCK, showsSeconds } from './evidence.ts';

/** Those that tell when the picture became digital. */
const DIGITISED = /^(exif:DateTimeDigitized|xmp:exif:DateTimeDigitized|xmp:xmp:CreateDate|png:Creation Time)$/;

/** Single clocks against which two independent sources agree; none of a scan, whose older date is a person's. */
export function findOutvoted(evidence: readonly Evidence[], { isScan, namesCamera }: Circumstances): Evidence[] {
  if (isScan) return [];
  return [...outvotedByName(evidence), ...(namesCamera ? outvotedByGps(evidence) : [])];
}

/** How far apart a phone names a file and writes into it that it was changed: longer, and it was changed later. */
const SAVED_WITHIN_MILLIS = 2 * 60_000;

/** A picture that was named and last changed in one moment was taken then, whatever says when it became digital. */
function outvotedByName(evidence: readonly Evidence[]): Evidence[] {
  const name = evidence.find(({ source }) => source === 'file:name');
  const change = evidence.find(({ source }) => source === 'exif:DateTime');
  if (name === undefined || change === undefined || !isTimedName(name)) return [];
  if (Math.abs(millisOf(name) - millisOf(change)) > SAVED_WITHIN_MILLIS) return [];
  return evidence.filter((candidate) => DIGITISED.test(candidate.source) && !agree(candidate, name));
}

function isTimedName(name: Evidence): boolean {
  return isReading(name) && (name.precision === 'second' || name.precision === 'subsecond');
}

/**
 * Satellites and another source together know better than a camera's clock: one that ran from a wrong start. People who date a picture write no
 * seconds, or leave one of the clocks as it was.
 */
function outvotedByGps(evidence: readonly Evidence[]): Evidence[] {
  const gps = evidence.find(({ source }) => source === 'gps:DateTime');
  const clocks = evidence.filter(({ source }) => OWN_CLOCK.test(source) && source !== 'exif:DateTime');
  const [first] = clocks;
  if (gps === undefined || first === undefined || agree(first, gps) || !clocks.every((clock) => agree(clock, first))) return [];
  const seconds = evidence.filter(({ source }) => source === 'file:name' || source === 'takeout:photoTakenTime');
  return showsSeconds(first) && seconds.some((second) => agree(second, gps)) ? clocks : [];
}
