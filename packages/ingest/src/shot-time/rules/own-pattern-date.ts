import { dateOfGroups } from '../clock/date-of-groups.ts';
import type { WallClock } from '../clock/wall-clock.ts';
import type { FileNameRule } from './date-rules.ts';

/** The groups that a pattern may name. */
export const DATE_GROUPS: ReadonlySet<string> = new Set([
  ...['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction', 'half'],
  ...['seconds', 'millis'],
]);

/** The date that the first fitting rule reads from a name or path; null when none fits, or the date is impossible. */
export function ownPatternDate(path: string, rules: readonly FileNameRule[]): WallClock | null {
  const slashed = path.normalize('NFC').replaceAll('\\', '/');
  const name = slashed.slice(slashed.lastIndexOf('/') + 1);
  for (const rule of rules) {
    const groups = expressionOf(rule.pattern).exec(rule.in === 'path' ? slashed : name)?.groups;
    const date = groups && dateOfGroups(groups, rule.utc ?? false);
    if (date) return date;
  }
  return null;
}

/** A run reads thousands of names with the same few patterns. */
const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known) return known;
  const made = new RegExp(pattern, 'u');
  expressions.set(pattern, made);
  return made;
}
