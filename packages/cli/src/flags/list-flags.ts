import { Flag } from './flag.ts';
import { parseCount } from './parse-value.ts';

/** How much of a list to print. */
export interface ListOptions {
  limit: number;
  all?: boolean;
}

const defaultRows = 50;

export function listFlags(): Flag[] {
  return [
    new Flag('--limit <count>', 'print at most this many', {
      environment: 'PHOTOORG_LIMIT',
      parse: parseCount,
      default: defaultRows,
    }),
    new Flag('--all', 'print every one', { environment: 'PHOTOORG_ALL' }),
  ];
}
