import type { ShotTime } from '@photoorg/sdk';
import { type SourceValue, showValue } from '../source/source-row.ts';
import { UnreadableValueError } from './unreadable-value-error.ts';

/** Above it a number counts milliseconds, below it seconds: 100,000,000,000 s is the year 5138, as milliseconds it is 1973. */
const firstMilliseconds = 1e11;

// 2024-05-17, 2024-05-17 18:20, 2024-05-17T18:20:05.123+09:00; EXIF writes the date with colons.
const timeText =
  /^(\d{4})[-:](\d{2})[-:](\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

interface ParsedTime {
  /** `YYYY-MM-DDTHH:mm:ss[.fff]` as written. */
  local: string;
  offsetMinutes: number | null;
  precision: 'subsecond' | 'second' | 'minute' | 'day';
}

/** An instant: Unix seconds or milliseconds, or a text; a text without an offset is UTC, as SQLite's CURRENT_TIMESTAMP is. */
export function parseInstant(value: SourceValue): Date | null {
  if (value === null || value === '') return null;
  if (typeof value !== 'string') return instantOfNumber(value);
  const { local, offsetMinutes } = parseText(value);
  return instantOf(local, offsetMinutes ?? 0);
}

/**
 * A shot time. A number, or a text that ends in Z or +00:00, is an instant whose wall clock is unknown; with another offset both
 * are known; without one only the wall clock is, and no zone is made up for it.
 */
export function parseShotTime(value: SourceValue, source: string): ShotTime {
  const unknown: ShotTime = {
    at: null,
    local: null,
    offsetMinutes: null,
    zone: null,
    source: null,
    precision: null,
    candidates: [],
  };
  if (value === null || value === '') return unknown;
  let reading: Pick<ShotTime, 'at' | 'local' | 'offsetMinutes' | 'precision'>;
  if (typeof value === 'string') {
    const { local, offsetMinutes, precision } = parseText(value);
    if (offsetMinutes === null) reading = { at: null, local, offsetMinutes, precision };
    else if (offsetMinutes === 0) reading = { at: instantOf(local, 0), local: null, offsetMinutes: null, precision };
    else reading = { at: instantOf(local, offsetMinutes), local, offsetMinutes, precision };
  } else {
    reading = { at: instantOfNumber(value), local: null, offsetMinutes: null, precision: 'second' };
  }
  const { precision, ...candidate } = reading;
  return { ...unknown, ...candidate, source, precision, candidates: [{ source, ...candidate }] };
}

function parseText(text: string): ParsedTime {
  const match = timeText.exec(text.trim());
  if (!match)
    throw new UnreadableValueError(`Expected a time such as 2024-05-17T18:20:05+09:00 but received ${showValue(text)}.`);
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const seconds = `${second ?? '00'}${fraction ? `.${fraction.slice(0, 3).padEnd(3, '0')}` : ''}`;
  const local = `${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:${seconds}`;
  // Date rolls 30 February over into March: what comes back must be what went in.
  const date = new Date(`${local}Z`);
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(local.slice(0, 'YYYY-MM-DDTHH:mm:ss'.length))) {
    throw new UnreadableValueError(`There is no such time as ${showValue(text)}.`);
  }
  const precision = fraction ? 'subsecond' : second ? 'second' : hour ? 'minute' : 'day';
  return { local, offsetMinutes: zone === undefined ? null : parseOffset(zone), precision };
}

function parseOffset(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', '') || 0)];
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function instantOf(local: string, offsetMinutes: number): Date {
  return new Date(Date.parse(`${local}Z`) - offsetMinutes * 60_000);
}

function instantOfNumber(value: number | bigint | Uint8Array): Date {
  const number = value instanceof Uint8Array ? Number.NaN : Number(value);
  const date = new Date(Math.abs(number) < firstMilliseconds ? number * 1000 : number);
  if (Number.isNaN(date.getTime())) throw new UnreadableValueError(`Expected a time but received ${showValue(value)}.`);
  return date;
}
