import type { Position } from '../metadata/position.ts';
import type { ShotTime, ShotTimeCandidate, ShotTimePrecision } from '../scanned-photo.ts';
import { collectReadings, type DateSources, type Reading } from './collect-readings.ts';
import { gpsInstant, offsetFromInstant } from './gps-instant.ts';
import { instantOf, localOf } from './wall-clock.ts';
import { offsetAt, offsetOfWallClock, zoneAt } from './zone.ts';

export interface ShotTimeInput extends DateSources {
  position: Position | null;
  /** The instant that Google Photos gives in its Takeout. */
  takeoutTakenAt: Date | null;
  /** Last change of the file: the last resort. */
  fileModifiedAt: Date | null;
}

/** A candidate before the fields that only the winner shows are dropped. */
interface Candidate extends ShotTimeCandidate {
  precision: ShotTimePrecision;
}

/** Readings behind the GPS fix and Takeout in trust: those are instants of the moment, these come from beside the photo, its name or a later change. */
const LESS_TRUSTED = /^(sidecar:|file:name$|exif:DateTime$|png:create-date$)/;

/**
 * Decides when a photo was taken. The best reading wins as it stands; its offset from UTC comes from, in this order, the reading itself,
 * the GPS fix of the same moment, the time zone at the GPS position, and Takeout's instant of the same moment. Without any of them there is no instant.
 */
export function chooseShotTime(input: ShotTimeInput): ShotTime {
  const { position } = input;
  const zone = position === null ? null : zoneAt(position.latitude, position.longitude);
  const fix = gpsInstant(input.exif, input.xmp);
  const clues: OffsetClues = { fix, zone, takeoutTakenAt: input.takeoutTakenAt };
  const readings = collectReadings(input).flatMap((reading) => {
    const isInstant = reading.source === 'file:name' && reading.offsetMinutes !== null;
    return isInstant ? fromInstant(reading.source, instantOf(reading.local, 0), zone) : fromReading(reading, clues);
  });
  const trusted = readings.filter(({ source }) => !LESS_TRUSTED.test(source));
  const others = readings.filter(({ source }) => LESS_TRUSTED.test(source));
  const candidates = [
    ...trusted,
    ...fromInstant('gps:DateTime', fix, zone),
    ...fromInstant('takeout:photoTakenTime', input.takeoutTakenAt, zone),
    ...others,
    ...fromInstant('file:mtime', input.fileModifiedAt, zone),
  ];
  const best = mostPrecise(candidates);
  return {
    at: best?.at ?? null,
    local: best?.local ?? null,
    offsetMinutes: best?.offsetMinutes ?? null,
    zone: best === undefined ? null : confirmedZone(zone, best),
    source: best?.source ?? null,
    precision: best?.precision ?? null,
    candidates: candidates.map(({ source, local, at, offsetMinutes }) => ({ source, local, at, offsetMinutes })),
  };
}

/** What can tell the offset of a wall clock that does not say it itself. */
interface OffsetClues {
  fix: Date | null;
  zone: string | null;
  takeoutTakenAt: Date | null;
}

function fromReading(reading: Reading, clues: OffsetClues): Candidate {
  const { source, local, precision, offsetMinutes } = reading;
  const isTimed = precision === 'second' || precision === 'subsecond' || precision === 'minute';
  const offset = offsetMinutes ?? (isTimed ? offsetFromClues(local, clues) : null);
  return { source, local, at: offset === null ? null : instantOf(local, offset), offsetMinutes: offset, precision };
}

function offsetFromClues(local: string, { fix, zone, takeoutTakenAt }: OffsetClues): number | null {
  const fromFix = fix === null ? null : offsetFromInstant(local, fix);
  const fromZone = zone === null ? null : offsetOfWallClock(zone, local);
  // Where Google knows no zone it takes the wall clock for UTC: an offset of 0 says nothing.
  const fromTakeout = takeoutTakenAt === null ? null : offsetFromInstant(local, takeoutTakenAt) || null;
  return fromFix ?? fromZone ?? fromTakeout;
}

/** Of an instant the wall clock is known only where the zone is. */
function fromInstant(source: string, at: Date | null, zone: string | null): Candidate[] {
  if (at === null || Number.isNaN(at.getTime())) return [];
  const offset = zone === null ? null : offsetAt(zone, at);
  return [{ source, local: offset === null ? null : localOf(at, offset), at, offsetMinutes: offset, precision: 'second' }];
}

/** The first candidate, unless it gives only the day and a later one the time of that day, as when XMP keeps the date and IPTC the time. */
function mostPrecise(candidates: Candidate[]): Candidate | undefined {
  const [first] = candidates;
  if (first?.precision !== 'day' || first.local === null) return first;
  const day = first.local.slice(0, 10);
  return candidates.find(({ local, precision }) => local?.startsWith(day) && precision !== 'day') ?? first;
}

/** The zone at the position, unless the offset that the camera wrote contradicts it. */
function confirmedZone(zone: string | null, { at, offsetMinutes }: Candidate): string | null {
  return zone !== null && at !== null && offsetAt(zone, at) === offsetMinutes ? zone : null;
}
