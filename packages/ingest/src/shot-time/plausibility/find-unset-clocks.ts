import type { Reading } from '../clock/reading.ts';
import { agree, type Circumstances, type Evidence, isReading, OWN_CLOCK, showsSeconds } from './evidence.ts';
import { isNewYear, isSoonAfterZero, isUnsetClock } from './unset-clock.ts';

/** Instants that Google or the container of a film made of what a clock showed. */
const OF_CLOCKS = /^(takeout:|exiftool:)/;
/** What does not stand in the photo, and is no mere time of the file. */
const FROM_OUTSIDE = /^(sidecar:|gps:|takeout:|exiftool:|file:name$)/;

/**
 * Of an unset clock that a person may have meant, such as the first second of a year for one who knows the year alone, something else must say
 * otherwise.
 */
export function findUnsetClocks(evidence: readonly Evidence[], { isScan, namesCamera }: Circumstances): Evidence[] {
  const suspects = evidence.filter(
    (candidate) => isCertainlyUnset(candidate) || maySayTheYear(candidate) || ranFromZero(candidate),
  );
  const witnesses = evidence.filter((candidate) => candidate.source !== 'file:mtime' && !suspects.includes(candidate));
  return suspects.filter((suspect) => {
    const speakFor = witnesses.filter((witness) => agree(witness, suspect));
    const speakAgainst = witnesses.filter((witness) => !speakFor.includes(witness));
    if (speakFor.some(({ source }) => source === 'gps:DateTime')) return false;
    if (isScan && (maySayTheYear(suspect) || ranFromZero(suspect))) return false;
    if (isCertainlyUnset(suspect)) return true;
    return speakAgainst.some(({ source }) => namesCamera || FROM_OUTSIDE.test(source));
  });
}

function isCertainlyUnset(evidence: Evidence): boolean {
  const isClock = OWN_CLOCK.test(evidence.source) || evidence.source === 'file:name';
  return isReading(evidence) && isClock && showsFullSecond(evidence, isUnsetClock);
}

function maySayTheYear(evidence: Evidence): boolean {
  if (isReading(evidence)) return OWN_CLOCK.test(evidence.source) && showsFullSecond(evidence, isNewYear);
  return OF_CLOCKS.test(evidence.source) && isNewYear(evidence.at.toISOString().slice(0, 19));
}

/** Until 1995 no camera wrote EXIF: a clock that shows seconds of such a week began at a zero and ran. */
function ranFromZero(evidence: Evidence): boolean {
  return OWN_CLOCK.test(evidence.source) && showsSeconds(evidence) && isSoonAfterZero(evidence.local);
}

/** A running clock shows fractions; where only the day is known, no clock is. */
function showsFullSecond({ local, precision }: Reading, test: (shown: string) => boolean): boolean {
  const isTimed = precision === 'minute' || precision === 'second' || local.endsWith('.000');
  return isTimed && test(local.slice(0, 19));
}
