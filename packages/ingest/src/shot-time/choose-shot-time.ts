import type { ShotTime, ShotTimeDoubt } from '../model/scanned-photo.ts';
import type { Position } from '../tags/position.ts';
import { offsetAt, zoneAt } from './clock/zone.ts';
import { type Candidate, NO_CLUES, type OffsetClues, toCandidate } from './offset-clues.ts';
import { type Evidence, isReading } from './plausibility/evidence.ts';
import { type DateRules, NO_DATE_RULES } from './rules/date-rules.ts';
import { cameraOf } from './rules/matches-camera.ts';
import { rankSources } from './rules/rank-sources.ts';
import { zoneOfRule } from './rules/zone-of-rule.ts';
import { type EvidenceSources, weighEvidence } from './weigh-evidence.ts';

export interface ShotTimeInput extends EvidenceSources {
  position: Position | null;
  /** A person's own rules. */
  rules?: DateRules;
}

/** Doubts that leave a reading worth more than the file's own time: it may be true after all. */
const MAY_BE_TRUE: ReadonlySet<ShotTimeDoubt> = new Set(['unset-clock', 'outvoted']);

/**
 * Decides when a photo was taken. The best plausible reading wins as it stands; its offset from UTC comes from, in this order, the reading itself,
 * the GPS fix of the same moment, the time zone at the GPS position, Takeout's instant of the same moment, and the zone that a rule gives.
 * Without any of them there is no instant.
 */
export function chooseShotTime(input: ShotTimeInput): ShotTime {
  const { position, filePath, rules = NO_DATE_RULES } = input;
  const camera = cameraOf(input.exif, input.xmp);
  const { evidence, doubts, uncorrected } = weighEvidence(input, camera, rules);
  const soundInstant = (source: string) => {
    const found = evidence.find((candidate) => candidate.source === source && !doubts.has(candidate));
    return found === undefined || isReading(found) ? null : found.at;
  };
  const clues: OffsetClues = {
    fix: soundInstant('gps:DateTime'),
    zone: position === null ? null : zoneAt(position.latitude, position.longitude),
    takeoutTakenAt: soundInstant('takeout:photoTakenTime'),
    ruleZone: zoneOfRule(rules.zones ?? [], camera, filePath ?? ''),
  };
  const candidates = evidence.map((candidate) => withDoubt(toCandidate(candidate, clues), doubts.get(candidate)));
  const { eligible, ignored } = rankSources(byPlausibility(candidates), rules);
  const best = mostPrecise(eligible.filter(({ doubt }) => doubt === undefined || MAY_BE_TRUE.has(doubt)));
  const shown = [...eligible, ...ignored, ...uncorrected.map((reading: Evidence) => toCandidate(reading, NO_CLUES))];
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

function withDoubt(candidate: Candidate, doubt: ShotTimeDoubt | undefined): Candidate {
  return doubt === undefined ? candidate : { ...candidate, doubt };
}

/** What is doubtful and may be true stands before the file's own time, what cannot be true behind all. */
function byPlausibility(candidates: readonly Candidate[]): Candidate[] {
  const placeOf = ({ source, doubt }: Candidate) => {
    if (doubt !== undefined) return MAY_BE_TRUE.has(doubt) ? 1 : 3;
    return source === 'file:mtime' ? 2 : 0;
  };
  return candidates.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** The first candidate, unless it gives only the day and a later one the time of that day, as when XMP keeps the date and IPTC the time. */
function mostPrecise(candidates: Candidate[]): Candidate | undefined {
  const [first] = candidates;
  if (first?.precision !== 'day' || first.local === null) return first;
  const day = first.local.slice(0, 10);
  const isTimeOfDay = ({ local, precision, doubt }: Candidate) =>
    local?.startsWith(day) && precision !== 'day' && doubt === undefined;
  return candidates.find(isTimeOfDay) ?? first;
}

/** The zone at the position, however the camera's clock was set there; else that of a rule, where the clock went by it. */
function zoneOf({ at, offsetMinutes, offsetSource }: Candidate, { zone, ruleZone }: OffsetClues): string | null {
  if (zone !== null || ruleZone === null || offsetSource !== 'rule' || at === null) return zone;
  return offsetAt(ruleZone, at) === offsetMinutes ? ruleZone : null;
}
