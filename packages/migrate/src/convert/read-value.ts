import type { TableTally } from '../copy-report.ts';
import { type SourceValue, showValue } from '../source/source-row.ts';
import { UnreadableValueError } from './unreadable-value-error.ts';

/** Reads a value that the row can do without: one that cannot be understood is left out and reported. */
export function readOptional<Value>(tally: TableTally, key: string, column: string, read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnreadableValueError)) throw error;
    tally.leaveOut(key, column, error.message);
    return null;
  }
}

export function readText(value: SourceValue): string | null {
  if (value === null || value instanceof Uint8Array) return null;
  const text = String(value).trim();
  return text === '' ? null : text;
}

/** A number, from SQLite's integers, reals and numeric text. */
export function readNumber(value: SourceValue): number | null {
  if (value === null || value === '') return null;
  const number = value instanceof Uint8Array ? Number.NaN : Number(value);
  if (!Number.isFinite(number)) throw new UnreadableValueError(`Expected a number but received ${showValue(value)}.`);
  return number;
}

/** A number within bounds. */
export function readNumberIn(value: SourceValue, least: number, most: number): number | null {
  const number = readNumber(value);
  if (number !== null && (number < least || number > most)) {
    throw new UnreadableValueError(`Expected a number from ${least} to ${most} but received ${showValue(value)}.`);
  }
  return number;
}

export function readJsonObject(value: SourceValue): Record<string, unknown> | null {
  const text = readText(value);
  if (text === null) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new UnreadableValueError(`Expected a JSON object but received ${showValue(text)}.`, { cause });
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Record<string, unknown>;
  throw new UnreadableValueError(`Expected a JSON object but received ${showValue(text)}.`);
}
