import type { OffsetSource, ShotTime, ShotTimeCandidate, ShotTimePrecision } from '../model/scanned-photo.ts';
import type { Position } from '../tags/position.ts';
import type { Reading } from './clock/reading.ts';
import { instantOf, localOf } from './clock/wall-clock.ts';
import { offsetAt, offsetOfWallClock, zoneAt } from './clock/zone.ts';
import { collectReadings, type DateSources } from './collect-readings.ts';
import { gpsInstant, offsetFromInstant } from './gps-instant.ts';
import { correctClock } from './rules/correct-clock.ts';
import { type DateRules, NO_DATE_RULES } from './rules/date-rules.ts';
import { cameraOf } from './rules/matches-camera.ts';
import { rankSources } from './rules/rank-sources.ts';
import { zoneOfRule } from './rules/zone-of-rule.ts';

export interface ShotTimeInput extends DateSources {
  position: Position | null;
  /** The instant that Google Photos gives in its Takeout. */
  takeoutTakenAt: Date | null;
  /** Last change of the file: the last resort. */
  fileModifiedAt: Date | null;
  /** A person's own rules. */
  rules?: DateRules;
}

/** A candidate before the fields that only the winner shows are dropped. */
interface Candidate extends ShotTimeCandidate {
  precision: ShotTimePrecision;
}

/** Readings behind the GPS fix, the moments that a film counts in UTC, and Takeout in trust: those are instants of the moment, these come from beside the photo, its name or a later change. */
const LESS_TRUSTED = /^(sidecar:|file:name$|exif:DateTime$)/;

/**
 * Decides when a photo was taken. The best reading wins as it stands; its offset from UTC comes from, in this order, the reading itself,
 * the GPS fix of the same moment, the time zone at the GPS position, Takeout's instant of the same moment, and the zone that a rule gives.
 * Without any of them there is no instant.
 */
export function chooseShotTime(input: ShotTimeInput): ShotTime {
  const { position, filePath, rules = NO_DATE_RULES } = input;
  const camera = cameraOf(input.exif, input.xmp);
  const clues: OffsetClues = {
    fix: gpsInstant(input.exif, input.xmp),
    zone: position === null ? null : zoneAt(position.latitude, position.longitude),
    takeoutTakenAt: input.takeoutTakenAt,
    ruleZone: zoneOfRule(rules.zones ?? [], camera, filePath ?? ''),
  };
  const read = correctClock(collectReadings(input, rules.fileNames ?? []), rules.clocks ?? [], camera);
  const readings = read.readings.flatMap((reading) => {
    const isInstant = reading.source === 'file:name' && reading.offsetMinutes !== null;
    return isInstant ? fromInstant(reading.source, instantOf(reading.local, 0), clues) : fromReading(reading, clues);
  });
  const { eligible, ignored } = rankSources(
    [
      ...readings.filter(({ source }) => !LESS_TRUSTED.test(source)),
      ...fromInstant('gps:DateTime', clues.fix, clues),
      ...(input.times?.instants ?? []).flatMap(({ source, at }) => fromInstant(source, at, clues)),
      ...fromInstant('takeout:photoTakenTime', input.takeoutTakenAt, clues),
      ...readings.filter(({ source }) => LESS_TRUSTED.test(source)),
      ...fromInstant('file:mtime', input.fileModifiedAt, clues),
    ],
    rules,
  );
  const best = mostPrecise(eligible);
  const shown = [...eligible, ...ignored, ...read.uncorrected.map((reading) => fromReading(reading, NO_CLUES))];
  return {
    at: best?.at ?? null,
    local: best?.local ?? null,
    offsetMinutes: best?.offsetMinutes ?? null,
    offsetSource: best?.offsetSource ?? null,
    zone: best === undefined ? null : zoneOf(best, clues),
    source: best?.source ?? null,
    precision: best?.precision ?? null,
    candidates: shown.map(({ precision, ...candidate }) => candidate),
  };
}

/** What can tell the offset of a wall clock that does not say it itself. */
interface OffsetClues {
  fix: Date | null;
  zone: string | null;
  takeoutTakenAt: Date | null;
  ruleZone: string | null;
}

const NO_CLUES: OffsetClues = { fix: null, zone: null, takeoutTakenAt: null, ruleZone: null };

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
function fromInstant(source: string, at: Date | null, { zone, ruleZone }: OffsetClues): Candidate[] {
  if (at === null || Number.isNaN(at.getTime())) return [];
  const there = zone ?? ruleZone;
  if (there === null) return [{ source, local: null, at, ...UNKNOWN_OFFSET, precision: 'second' }];
  const offsetMinutes = offsetAt(there, at);
  const offsetSource = zone === null ? 'rule' : 'zone';
  return [{ source, local: localOf(at, offsetMinutes), at, offsetMinutes, offsetSource, precision: 'second' }];
}

/** The first candidate, unless it gives only the day and a later one the time of that day, as when XMP keeps the date and IPTC the time. */
function mostPrecise(candidates: Candidate[]): Candidate | undefined {
  const [first] = candidates;
  if (first?.precision !== 'day' || first.local === null) return first;
  const day = first.local.slice(0, 10);
  return candidates.find(({ local, precision }) => local?.startsWith(day) && precision !== 'day') ?? first;
}

/** The zone at the position, however the camera's clock was set there; else that of a rule, where the clock went by it. */
function zoneOf({ at, offsetMinutes, offsetSource }: Candidate, { zone, ruleZone }: OffsetClues): string | null {
  if (zone !== null || ruleZone === null || offsetSource !== 'rule' || at === null) return zone;
  return offsetAt(ruleZone, at) === offsetMinutes ? ruleZone : null;
}
