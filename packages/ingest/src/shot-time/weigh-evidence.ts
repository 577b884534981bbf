import { basename } from 'node:path';
import type { ShotTimeDoubt } from '../model/scanned-photo.ts';
import type { Reading } from './clock/reading.ts';
import { instantOf } from './clock/wall-clock.ts';
import { collectReadings, type DateSources } from './collect-readings.ts';
import { gpsInstant } from './gps-instant.ts';
import { type Evidence, type Instant, isReading, millisOf } from './plausibility/evidence.ts';
import { correctGpsWeek, type GpsFix } from './plausibility/gps-week.ts';
import { isScan } from './plausibility/is-scan.ts';
import { judgeEvidence } from './plausibility/judge-evidence.ts';
import { correctClock } from './rules/correct-clock.ts';
import type { DateRules } from './rules/date-rules.ts';
import type { Camera } from './rules/matches-camera.ts';
import { isCorrection } from './sidecar-correction.ts';

export interface EvidenceSources extends DateSources {
  /** The instant that Google Photos gives in its Takeout. */
  takeoutTakenAt: Date | null;
  /** Last change of the file: the last resort. */
  fileModifiedAt: Date | null;
  /** What lies after tomorrow is not believed. Default: the time of this computer. */
  now?: Date;
}

export interface WeighedEvidence {
  /** Most trusted first, the doubtful in between. */
  evidence: Evidence[];
  doubts: ReadonlyMap<Evidence, ShotTimeDoubt>;
  /** What was set right, as it was: shown, never chosen. */
  uncorrected: Evidence[];
}

/** Readings behind the GPS fix, the moments that a film counts in UTC, and Takeout in trust: those are instants of the moment, these come from beside the photo, its name or a later change. */
const LESS_TRUSTED = /^(sidecar:|file:name$|exif:DateTime$)/;

/** Finds all that speaks of the time of the shot, sets right what is known to be wrong, doubts what cannot be, and orders it by trust. */
export function weighEvidence(sources: EvidenceSources, camera: Camera, rules: DateRules): WeighedEvidence {
  const { exif, xmp, times, takeoutTakenAt, fileModifiedAt, filePath, now = new Date() } = sources;
  // 1. Collect, and set right.
  const { readings, uncorrected } = correctClock(collectReadings(sources, rules.fileNames ?? []), rules.clocks ?? [], camera);
  const read = readings.map(instantInName);
  const containers: Instant[] = times?.instants ?? [];
  const takeout = instants('takeout:photoTakenTime', takeoutTakenAt);
  const file = instants('file:mtime', fileModifiedAt);
  const fix = gpsFix(gpsInstant(exif, xmp), [...read, ...containers, ...takeout, ...file]);
  const gps = instants('gps:DateTime', fix?.at ?? null);
  // 2. Order by the kind of source.
  const own = read.filter(({ source }) => !LESS_TRUSTED.test(source));
  const others = read.filter(({ source }) => LESS_TRUSTED.test(source));
  const evidence: Evidence[] = [...own, ...gps, ...containers, ...takeout, ...others, ...file];
  // 3. Judge, for what is not plausible has no rank.
  const beforeGps = fix?.isBeforeGps ? gps : [];
  const doubts = judgeEvidence(
    evidence.filter((candidate) => !beforeGps.includes(candidate as Instant)),
    { now, isScan: isScan(exif, xmp, basename(filePath ?? '')), namesCamera: camera.make !== null || camera.model !== null },
  );
  for (const candidate of beforeGps) doubts.set(candidate, 'before-gps');
  // 4. What a person corrected beside the photo comes first.
  const best = own.filter(isReading).find((reading) => !doubts.has(reading));
  const corrections = others.filter(isReading).filter((reading) => !doubts.has(reading) && isCorrection(reading, best));
  return {
    evidence: [...corrections, ...evidence.filter((candidate) => !corrections.includes(candidate as Reading))],
    doubts,
    uncorrected: [...uncorrected, ...instants('uncorrected:gps:DateTime', fix?.uncorrected ?? null)],
  };
}

/** A name that counts in UTC gives an instant, not what a clock showed. */
function instantInName(reading: Reading): Evidence {
  const { source, local, offsetMinutes } = reading;
  return source === 'file:name' && offsetMinutes !== null ? { source, at: instantOf(local, 0) } : reading;
}

function instants(source: string, at: Date | null): Instant[] {
  return at === null || Number.isNaN(at.getTime()) ? [] : [{ source, at }];
}

function gpsFix(fix: Date | null, evidence: readonly Evidence[]): GpsFix | null {
  const daily = evidence.filter((candidate) => !isReading(candidate) || !/^(month|year)$/.test(candidate.precision));
  return fix && correctGpsWeek(fix, daily.map(millisOf));
}
