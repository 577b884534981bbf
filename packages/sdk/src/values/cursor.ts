import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { PageOptions } from '../model/page.ts';
import type { KnownNames } from './refuse-unknown.ts';

/** Where a page ended: the sort keys of its last row. `order` keeps a cursor of one order from being used in another. */
export function encodeCursor(order: string, keys: readonly string[]): string {
  return Buffer.from(JSON.stringify([order, ...keys])).toString('base64url');
}

/** The sort keys, or InvalidInputError for anything that is no cursor of this order. */
export function decodeCursor(cursor: string, order: string, keyCount: number): string[] {
  try {
    const [foundOrder, ...keys] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (foundOrder === order && keys.length === keyCount && keys.every((key) => typeof key === 'string')) return keys as string[];
  } catch {
    // Not JSON: refused below.
  }
  throw new InvalidInputError('The cursor does not belong to this listing.', {
    remedy: 'Pass the nextCursor of a page that was listed with the same order; leave it out to start from the first page.',
  });
}

/** Names of what every listing by pages takes. */
export const PAGE_OPTIONS: KnownNames<PageOptions> = { limit: true, cursor: true, offset: true, signal: true };

export const DEFAULT_PAGE_SIZE = 50;
export const LARGEST_PAGE = 200;

/** The page size and offset of a listing, checked. */
export function resolvePage(options: { limit?: number; offset?: number; cursor?: string }): { limit: number; offset: number } {
  const limit = options.limit ?? DEFAULT_PAGE_SIZE;
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE) {
    throw InvalidInputError.expected(`a whole number from 1 to ${LARGEST_PAGE}`, 'limit', options.limit);
  }
  const offset = options.offset ?? 0;
  if (!Number.isSafeInteger(offset) || offset < 0)
    throw InvalidInputError.expected('a whole number from 0', 'offset', options.offset);
  return { limit, offset: options.cursor === undefined ? offset : 0 };
}
