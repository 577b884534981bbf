import type { Reading } from '../clock/reading.ts';
import { instantOf } from '../clock/wall-clock.ts';

/** A moment that a source gives by itself, whatever clocks showed. */
export interface Instant {
  source: string;
  at: Date;
}

/** What a source says of the time of the shot: what a clock showed, or an instant. */
export type Evidence = Reading | Instant;

export function isReading(evidence: Evidence): evidence is Reading {
  return 'local' in evidence;
}

/** Milliseconds since 1970; a clock of unknown offset counts as if it hung in Greenwich. */
export function millisOf(evidence: Evidence): number {
  if (!isReading(evidence)) return evidence.at.getTime();
  return instantOf(evidence.local, evidence.offsetMinutes ?? 0).getTime();
}

/** What is known of the photo besides. */
export interface Circumstances {
  now: Date;
  /** A scanner made the picture. */
  isScan: boolean;
  /** The photo names the camera that took it. */
  namesCamera: boolean;
}

/** The photo's own clocks. */
export const OWN_CLOCK = /^(exif:|exiftool:|xmp:exif:|xmp:xmp:|casio:|png:)/;

const FULL_MINUTE = /:00(\.\d+)?$/;

/** Whether a clock shows seconds, and not zero of them: people write none. */
export function showsSeconds(evidence: Evidence): evidence is Reading {
  return isReading(evidence) && evidence.precision.endsWith('second') && !FULL_MINUTE.test(evidence.local);
}

/** A day, because some sources know no more, and the widest offset from UTC. */
const ONE_DAY_MILLIS = (24 + 14) * 3_600_000;

/** Whether two moments may be of one day, in whatever zones. */
export function areOfOneDay(millis: number, others: number): boolean {
  return Math.abs(millis - others) <= ONE_DAY_MILLIS;
}

/** Whether two sources may speak of one day. */
export function agree(one: Evidence, other: Evidence): boolean {
  return areOfOneDay(millisOf(one), millisOf(other));
}
