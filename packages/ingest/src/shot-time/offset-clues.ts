import type { OffsetSource, ShotTimeCandidate, ShotTimePrecision } from '../model/scanned-photo.ts';
import type { Reading } from './clock/reading.ts';
import { instantOf, localOf } from './clock/wall-clock.ts';
import { offsetAt, offsetOfWallClock } from './clock/zone.ts';
import { offsetFromInstant } from './gps-instant.ts';
import { type Evidence, type Instant, isReading } from './plausibility/evidence.ts';

/** What can tell the offset of a wall clock that does not say it itself. */
export interface OffsetClues {
  fix: Date | null;
  zone: string | null;
  takeoutTakenAt: Date | null;
  ruleZone: string | null;
}

export const NO_CLUES: OffsetClues = { fix: null, zone: null, takeoutTakenAt: null, ruleZone: null };

/** A candidate before the field that only the winner shows is dropped. */
export interface Candidate extends ShotTimeCandidate {
  precision: ShotTimePrecision;
}

/** What a source says, with instant and wall clock as far as the clues tell the one from the other. */
export function toCandidate(evidence: Evidence, clues: OffsetClues): Candidate {
  return isReading(evidence) ? fromReading(evidence, clues) : fromInstant(evidence, clues);
}

interface KnownOffset {
  offsetMinutes: number | null;
  offsetSource: OffsetSource | null;
}

const UNKNOWN_OFFSET: KnownOffset = { offsetMinutes: null, offsetSource: null };

function fromReading({ source, local, precision, offsetMinutes, offsetSource }: Reading, clues: OffsetClues): Candidate {
  const isTimed = precision === 'second' || precision === 'subsecond' || precision === 'minute';
  const inferred = isTimed ? offsetFromClues(local, clues) : UNKNOWN_OFFSET;
  const offset = offsetMinutes === null ? inferred : { offsetMinutes, offsetSource };
  const at = offset.offsetMinutes === null ? null : instantOf(local, offset.offsetMinutes);
  return { source, local, at, ...offset, precision };
}

function offsetFromClues(local: string, { fix, zone, takeoutTakenAt, ruleZone }: OffsetClues): KnownOffset {
  const known: [OffsetSource, number | null][] = [
    ['gps', fix === null ? null : offsetFromInstant(local, fix)],
    ['zone', zone === null ? null : offsetOfWallClock(zone, local)],
    // Where Google knows no zone it takes the wall clock for UTC: an offset of 0 says nothing.
    ['takeout', takeoutTakenAt === null ? null : offsetFromInstant(local, takeoutTakenAt) || null],
    ['rule', ruleZone === null ? null : offsetOfWallClock(ruleZone, local)],
  ];
  const [offsetSource, offsetMinutes] = known.find(([, offset]) => offset !== null) ?? [null, null];
  return { offsetMinutes, offsetSource };
}

/** Of an instant the wall clock is known only where the zone is. */
function fromInstant({ source, at }: Instant, { zone, ruleZone }: OffsetClues): Candidate {
  const there = zone ?? ruleZone;
  if (there === null) return { source, local: null, at, ...UNKNOWN_OFFSET, precision: 'second' };
  const offsetMinutes = offsetAt(there, at);
  const offsetSource = zone === null ? 'rule' : 'zone';
  return { source, local: localOf(at, offsetMinutes), at, offsetMinutes, offsetSource, precision: 'second' };
}
