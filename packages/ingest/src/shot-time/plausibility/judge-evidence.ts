import type { ShotTimeDoubt } from '../../model/scanned-photo.ts';
import type { Reading } from '../clock/reading.ts';
import { areOfOneDay, type Evidence, isReading, millisOf } from './evidence.ts';
import { isInSomeZone, isNewYear, isUnsetClock, isUnsetInstant } from './unset-clock.ts';

export interface Circumstances {
  now: Date;
  /** A scanner made the picture. */
  isScan: boolean;
  /** The photo names the camera that took it. */
  namesCamera: boolean;
}

/** The photo's own clocks. */
const OWN_CLOCK = /^(exif:|exiftool:|xmp:exif:|xmp:xmp:|casio:|png:)/;
/** Those that tell when the picture became digital. */
const DIGITISED = /^(exif:DateTimeDigitized|xmp:exif:DateTimeDigitized|xmp:xmp:CreateDate|png:Creation Time)$/;
/** Where people write and programs copy the clock of the camera to. */
const COPY = /^(xmp:photoshop:|iptc:|sidecar:|takeout:)/;
/** What does not stand in the photo, and is no mere time of the file. */
const FROM_OUTSIDE = /^(sidecar:|gps:|takeout:|exiftool:|file:name$)/;

/**
 * What is not to be believed, and why. A reading is judged by itself, then beside the others: an unset clock by whether anything contradicts it, and
 * one source alone by two that agree against it.
 */
export function judgeEvidence(evidence: readonly Evidence[], circumstances: Circumstances): Map<Evidence, ShotTimeDoubt> {
  const doubts = new Map<Evidence, ShotTimeDoubt>();
  const sound = () => evidence.filter((candidate) => !doubts.has(candidate));
  const doubt = (doubtful: readonly Evidence[], reason: ShotTimeDoubt) => {
    for (const candidate of doubtful) doubts.set(candidate, reason);
  };
  // 1. Each by itself.
  for (const candidate of evidence) {
    const reason = impossibility(candidate, circumstances.now);
    if (reason !== null) doubts.set(candidate, reason);
  }
  // 2. Clocks that nobody set.
  doubt(unsetClocks(sound(), circumstances), 'unset-clock');
  // 3. One clock against two sources that agree.
  if (!circumstances.isScan) {
    doubt(outvotedByName(sound()), 'outvoted');
    if (circumstances.namesCamera) doubt(outvotedByGps(sound()), 'outvoted');
  }
  // 4. What was only copied from them.
  for (const [original, reason] of [...doubts]) {
    if (isReading(original) && OWN_CLOCK.test(original.source)) doubt(copiesOf(original, sound()), reason);
  }
  return doubts;
}

/** The first photograph that is left, Niépce's view from his window, is of 1826 or 1827. */
const FIRST_PHOTOGRAPH = Date.UTC(1826, 0);

/** When this was written. A computer whose own clock was never set would take every photo for one of the future. */
const EARLIEST_NOW = Date.UTC(2026, 10);

/** Tomorrow, for a clock that is a little ahead, and for one that hangs far in the east. */
const MILLIS_AHEAD = { instant: 24 * 3_600_000, clock: (24 + 14) * 3_600_000 };

function impossibility(evidence: Evidence, now: Date): ShotTimeDoubt | null {
  const millis = millisOf(evidence);
  if (millis < FIRST_PHOTOGRAPH) return 'before-photography';
  const isClock = isReading(evidence) && evidence.offsetMinutes === null;
  const latest = Math.max(now.getTime(), EARLIEST_NOW) + (isClock ? MILLIS_AHEAD.clock : MILLIS_AHEAD.instant);
  if (millis > latest) return 'in-the-future';
  return !isReading(evidence) && evidence.source !== 'file:mtime' && isUnsetInstant(evidence.at) ? 'zero-time' : null;
}

/** Of the first second of a year, which people also write who know the year alone, something else must say otherwise. */
function unsetClocks(evidence: readonly Evidence[], { isScan, namesCamera }: Circumstances): Reading[] {
  const suspects = evidence.filter(isReading).filter((reading) => {
    const { source } = reading;
    const isOwn = OWN_CLOCK.test(source);
    return (
      ((isOwn || source === 'file:name') && showsFullSecond(reading, isUnsetClock)) ||
      (isOwn && showsFullSecond(reading, isNewYear))
    );
  });
  const witnesses = evidence.filter((candidate) => candidate.source !== 'file:mtime' && !suspects.includes(candidate as Reading));
  return suspects.filter((suspect) => {
    const speakFor = witnesses.filter((witness) => agree(witness, suspect));
    const speakAgainst = witnesses.filter((witness) => !speakFor.includes(witness));
    if (speakFor.some(({ source }) => source === 'gps:DateTime')) return false;
    if (isScan && showsFullSecond(suspect, isNewYear)) return false;
    if (showsFullSecond(suspect, isUnsetClock)) return true;
    return speakAgainst.some(({ source }) => namesCamera || FROM_OUTSIDE.test(source));
  });
}

/** A running clock shows fractions; where only the day is known, no clock is. */
function showsFullSecond({ local, precision }: Reading, test: (shown: string) => boolean): boolean {
  const isTimed = precision === 'minute' || precision === 'second' || local.endsWith('.000');
  return isTimed && test(local.slice(0, 19));
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
  const isRunning = isReading(first) && first.precision !== 'day' && !/:00(\.|$)/.test(first.local);
  const seconds = evidence.filter(({ source }) => source === 'file:name' || source === 'takeout:photoTakenTime');
  return isRunning && seconds.some((second) => agree(second, gps)) ? clocks : [];
}

function copiesOf(original: Reading, evidence: readonly Evidence[]): Evidence[] {
  const shown = original.local.slice(0, 19);
  return evidence.filter((candidate) => {
    if (!COPY.test(candidate.source)) return false;
    if (!isReading(candidate)) return isInSomeZone(candidate.at.toISOString().slice(0, 19), shown);
    return candidate.precision === 'day' ? candidate.local.startsWith(shown.slice(0, 10)) : candidate.local.startsWith(shown);
  });
}

function agree(one: Evidence, other: Evidence): boolean {
  return areOfOneDay(millisOf(one), millisOf(other));
}
