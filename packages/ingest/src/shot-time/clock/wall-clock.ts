import type { ShotTimePrecision } from '../../model/scanned-photo.ts';

/** A date and time as read: what the clock showed, how exactly, and its distance from UTC if that was said. */
export interface WallClock {
  /** `YYYY-MM-DDTHH:mm:ss[.fff]`. */
  local: string;
  precision: ShotTimePrecision;
  /** Minutes east of UTC; null when the text does not say. */
  offsetMinutes: number | null;
}

export interface DateParts {
  year: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  /** Digits behind the decimal point of the seconds. */
  fraction?: string;
}

/** Years that a description can mean; outside lie `0000:00:00` of unset clocks and the 275760 of overflows. */
const FIRST_YEAR = 1000;
const LAST_YEAR = 9999;

/** What phones set to the calendar of Thailand write, from 1990 on: 2562 is 2019. */
const BUDDHIST_YEARS = { first: 2533, last: 2632, ahead: 543 };

/** UTC offsets in use go from -12:00 to +14:00; historical local times stay within a day's turn too. */
const MAX_OFFSET_MINUTES = 15 * 60;

/** Builds a wall clock; null for a moment that no calendar has (month 13, 30 February, 25 o'clock). */
export function wallClock(parts: DateParts, offsetMinutes: number | null = null): WallClock | null {
  const { month = 1, day = 1, minute = 0, second = 0 } = parts;
  const isBuddhist = parts.year >= BUDDHIST_YEARS.first && parts.year <= BUDDHIST_YEARS.last;
  const year = isBuddhist ? parts.year - BUDDHIST_YEARS.ahead : parts.year;
  // Some phones count the hour after midnight as 24.
  const hour = parts.hour === 24 ? 0 : (parts.hour ?? 0);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isReal || year < FIRST_YEAR || year > LAST_YEAR || hour > 23 || minute > 59 || second > 59) return null;
  const millis = fractionMillis(parts.fraction);
  const local = `${date.toISOString().slice(0, 19)}${millis === null ? '' : `.${millis}`}`;
  return { local, precision: precisionOf(parts, millis), offsetMinutes };
}

function fractionMillis(fraction: string | undefined): string | null {
  const digits = fraction?.trim() ?? '';
  return /^\d+$/.test(digits) ? digits.padEnd(3, '0').slice(0, 3) : null;
}

function precisionOf(parts: DateParts, millis: string | null): ShotTimePrecision {
  if (parts.month === undefined) return 'year';
  if (parts.day === undefined) return 'month';
  if (parts.hour === undefined) return 'day';
  if (parts.second === undefined) return 'minute';
  return millis === null ? 'second' : 'subsecond';
}

/** `+09:00`, `-0330`, `+9`, `Z` as minutes east of UTC; null when it is none of these or no place on earth has it. */
export function parseOffset(text: string | null | undefined): number | null {
  const clean = text?.trim() ?? '';
  if (/^Z$/i.test(clean)) return 0;
  const match = /^([+-])(\d{1,2}):?(\d{2})?(?::?\d{2})?$/.exec(clean);
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > MAX_OFFSET_MINUTES || Number(match[3] ?? 0) > 59) return null;
  return match[1] === '-' && minutes > 0 ? -minutes : minutes;
}

/** The instant at which a clock at that offset showed this. */
export function instantOf(local: string, offsetMinutes: number): Date {
  return new Date(Date.parse(`${local}Z`) - offsetMinutes * 60_000);
}

/** What a clock at that offset showed at the instant. */
export function localOf(instant: Date, offsetMinutes: number): string {
  const local = new Date(instant.getTime() + offsetMinutes * 60_000).toISOString();
  return local.endsWith('.000Z') ? local.slice(0, 19) : local.slice(0, 23);
}
