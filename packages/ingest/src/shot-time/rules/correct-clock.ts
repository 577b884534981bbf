import { parseDate } from '../clock/parse-date.ts';
import type { Reading } from '../clock/reading.ts';
import { instantOf, localOf, parseOffset } from '../clock/wall-clock.ts';
import { parseShift } from './clock-shift.ts';
import type { ClockRule } from './date-rules.ts';
import { type Camera, matchesCamera } from './matches-camera.ts';

/** What the clock of a camera wrote, in the photo itself. Sidecars and names may have been corrected already. */
const CAMERA_CLOCK = /^(exif:|exiftool:|xmp:exif:|casio:)/;

/** What an uncorrected reading is called, so that it stays visible and is not mistaken for the corrected one. */
const UNCORRECTED = 'uncorrected:';

export interface CorrectedReadings {
  readings: Reading[];
  /** What was read before the correction: shown, never chosen. */
  uncorrected: Reading[];
}

/** Sets the readings of a camera's clock right where a rule says how wrong it was. */
export function correctClock(readings: readonly Reading[], rules: readonly ClockRule[], camera: Camera): CorrectedReadings {
  const uncorrected: Reading[] = [];
  const corrected = readings.map((reading) => {
    const rule = rules.find((candidate) => isAbout(candidate, reading, camera));
    if (rule === undefined) return reading;
    uncorrected.push({ ...reading, source: `${UNCORRECTED}${reading.source}` });
    const shift = parseShift(rule.shift ?? '') ?? 0;
    const offsetMinutes = parseOffset(rule.offset);
    return {
      ...reading,
      local: localOf(new Date(instantOf(reading.local, 0).getTime() + shift), 0),
      ...(offsetMinutes === null ? {} : { offsetMinutes, offsetSource: 'rule' as const }),
    };
  });
  return { readings: corrected, uncorrected };
}

function isAbout(rule: ClockRule, { source, local, precision }: Reading, camera: Camera): boolean {
  const isTimed = precision !== 'day' && precision !== 'month' && precision !== 'year';
  return CAMERA_CLOCK.test(source) && isTimed && matchesCamera(rule, camera) && isWithin(local, rule);
}

/** Wall clocks compare as text; the end of a day or minute is its last moment. */
function isWithin(local: string, { from, to }: ClockRule): boolean {
  const first = from === undefined ? undefined : parseDate(from)?.local;
  const last = to === undefined ? undefined : lastMoment(to);
  return (first === undefined || local >= first) && (last === undefined || local <= last);
}

function lastMoment(to: string): string | undefined {
  const end = parseDate(to);
  if (end === null) return undefined;
  if (end.precision === 'day') return `${end.local.slice(0, 10)}T23:59:59.999`;
  if (end.precision === 'minute') return `${end.local.slice(0, 16)}:59.999`;
  return end.precision === 'second' ? `${end.local}.999` : end.local;
}
