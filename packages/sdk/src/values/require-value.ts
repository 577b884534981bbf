import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { cleanInteger, cleanText } from './sanitise.ts';

/** The largest that PostgreSQL's `integer` holds. */
export const LARGEST_INTEGER = 2 ** 31 - 1;

/** Throws InvalidInputError unless a whole number within the bounds. */
export function requireInteger(value: number, name: string, lowest: number, highest = LARGEST_INTEGER): number {
  const checked = cleanInteger(value, lowest, highest);
  if (checked === null) throw InvalidInputError.expected(`a whole number of at least ${lowest}`, name, value);
  return checked;
}

/** Clean text; throws InvalidInputError when nothing is left of it. */
export function requireText(value: string, name: string): string {
  const cleaned = cleanText(value);
  if (cleaned === null) throw InvalidInputError.expected('text', name, value);
  return cleaned;
}
