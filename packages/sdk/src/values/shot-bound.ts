import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { cleanDate, cleanWallClock } from './sanitise.ts';

/**
 * The first and the last moment of a year, month or day, or a time of day as it stands, `YYYY-MM-DDTHH:mm:ss.ffffff`: PostgreSQL's
 * timestamps have microseconds. By the camera's clock on the wall, whatever zone it hung in; a Date means its reading in UTC.
 */
interface ShotMoments {
  readonly first: string;
  readonly last: string;
}

/** The moment from which on photos count that were shot from `bound` on. Throws InvalidInputError. */
export function firstShotMoment(bound: Date | string, name: string): string {
  return shotMoments(bound, name).first;
}

/** The moment up to which photos count that were shot up to `bound`: all of a year, month or day. Throws InvalidInputError. */
export function lastShotMoment(bound: Date | string, name: string): string {
  return shotMoments(bound, name).last;
}

const PERIOD = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.(\d{1,6}))?$/;

function shotMoments(bound: Date | string, name: string): ShotMoments {
  const moments = typeof bound === 'string' ? (periodMoments(bound) ?? timeMoments(bound)) : dateMoments(bound);
  if (moments) return moments;
  throw InvalidInputError.expected(
    "a year, month, day or time of the camera's clock (2024, 2024-05, 2024-05-17, 2024-05-17T18:20)",
    name,
    bound,
  );
}

function periodMoments(text: string): ShotMoments | null {
  const [, year, month, day] = PERIOD.exec(text) ?? [];
  if (year === undefined) return null;
  const first = cleanWallClock(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00`);
  if (first === null) return null;
  const lastMonth = month ?? '12';
  const lastDay = day ?? String(new Date(Date.UTC(Number(year), Number(lastMonth), 0)).getUTCDate());
  return { first: `${first}.000000`, last: `${year}-${lastMonth}-${lastDay}T23:59:59.999999` };
}

function timeMoments(text: string): ShotMoments | null {
  const [, day, minutes, seconds = ':00', fraction = ''] = TIME.exec(text) ?? [];
  const time = day === undefined ? null : cleanWallClock(`${day}T${minutes}${seconds}`);
  const moment = time && `${time}.${fraction.padEnd(6, '0')}`;
  return moment ? { first: moment, last: moment } : null;
}

function dateMoments(date: Date): ShotMoments | null {
  const moment = cleanDate(date)?.toISOString().slice(0, -1);
  return moment === undefined ? null : { first: moment, last: moment };
}
