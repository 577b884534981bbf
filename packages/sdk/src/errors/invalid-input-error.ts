import { PhotoorgError } from '@photoorg/errors';

/**
 * An argument that cannot be worked with: wrong type, out of range, malformed id or cursor.
 *
 * @example
 * ```ts
 * await library.photos.list({ limit: 5_000 }).catch((error: unknown) => {
 *   if (error instanceof InvalidInputError) console.error(error.message); // Expected a whole number from 1 to 200 for limit …
 * });
 * ```
 */
export class InvalidInputError extends PhotoorgError<'INVALID_INPUT'> {
  constructor(message: string, options: { remedy?: string; cause?: unknown } = {}) {
    super({ code: 'INVALID_INPUT', message, ...options });
  }

  /**
   * "Expected a whole number from 1 to 200 for limit but received 0."
   *
   * @example
   * ```ts
   * const limit = 0;
   * if (limit < 1) throw InvalidInputError.expected('a whole number from 1 to 200', 'limit', limit);
   * ```
   */
  static expected(expectation: string, name: string, received: unknown): InvalidInputError {
    return new InvalidInputError(`Expected ${expectation} for ${name} but received ${describe(received)}.`);
  }
}

const LONGEST_ECHO = 80;

function describe(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return JSON.stringify(value.length > LONGEST_ECHO ? `${value.slice(0, LONGEST_ECHO)}…` : value);
  if (value === null || typeof value !== 'object') return String(value);
  return Array.isArray(value) ? `an array of ${value.length}` : `an object (${value.constructor?.name ?? 'no prototype'})`;
}
