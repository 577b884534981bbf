import type { ShotTimeDoubt } from '../../model/scanned-photo.ts';
import type { Reading } from '../clock/reading.ts';
import { type Circumstances, type Evidence, isReading, millisOf, OWN_CLOCK } from './evidence.ts';
import { findOutvoted } from './find-outvoted.ts';
import { findUnsetClocks } from './find-unset-clocks.ts';
import { isInSomeZone, isUnsetInstant } from './unset-clock.ts';

/** Where people write and programs copy the clock of the camera to. */
const COPY = /^(xmp:photoshop:|iptc:|sidecar:|takeout:)/;

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
  doubt(findUnsetClocks(sound(), circumstances), 'unset-clock');
  // 3. One clock against two sources that agree.
  doubt(findOutvoted(sound(), circumstances), 'outvoted');
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

function copiesOf(original: Reading, evidence: readonly Evidence[]): Evidence[] {
  const shown = original.local.slice(0, 19);
  return evidence.filter((candidate) => {
    if (!COPY.test(candidate.source)) return false;
    if (!isReading(candidate)) return isInSomeZone(candidate.at.toISOString().slice(0, 19), shown);
    return candidate.precision === 'day' ? candidate.local.startsWith(shown.slice(0, 10)) : candidate.local.startsWith(shown);
  });
}
