import { type HalfOfDay, hourOf24 } from './half-of-day.ts';
import { type WallClock, wallClock } from './wall-clock.ts';

/** What the named groups of a pattern found in a name. */
export type DateGroups = Record<string, string | undefined>;

/** Years of two digits from here on are of the 20th century. */
const FIRST_SHORT_YEAR = 70;

/**
 * The date that a pattern found: of `year`, `month`, `day`, `hour`, `minute`, `second`, `fraction` and `half` (A or P), or of `seconds` or
 * `millis` since 1970. Null when they are no date.
 *
 * @param utc the time of the day counts in UTC
 */
export function dateOfGroups(groups: DateGroups, utc: boolean): WallClock | null {
  if (groups.millis !== undefined) return fromEpoch(Number(groups.millis));
  if (groups.seconds !== undefined) return fromEpoch(Number(groups.seconds) * 1000);
  const { year, month, day, hour, minute, second, fraction, half } = groups;
  if (year === undefined) return null;
  const parts = {
    year: fullYear(year),
    month: numberOf(month),
    day: numberOf(day),
    hour: hour === undefined ? undefined : hourOf24(Number(hour), half?.toUpperCase() as HalfOfDay | undefined),
    minute: numberOf(minute),
    second: numberOf(second),
    fraction,
  };
  return wallClock(parts, utc && hour !== undefined ? 0 : null);
}

function fromEpoch(millis: number): WallClock | null {
  const date = new Date(millis);
  if (Number.isNaN(date.getTime())) return null;
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return wallClock({ year, month, day, hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds() }, 0);
}

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year + (year < FIRST_SHORT_YEAR ? 2000 : 1900);
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
