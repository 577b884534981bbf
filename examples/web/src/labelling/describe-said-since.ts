import { ApiProblem } from '../api/problem.ts';
import type { LabelSince } from './label-conflict.ts';

/** What others said of faces meanwhile, in a sentence with names and times: "Ben named it Bert on 30 November 2026 at 10:32." */
export function describeSaidSince(changes: readonly LabelSince[]): string {
  const [last] = changes;
  const { actor, displayName, source, createdAt } = last!;
  const who = actor ?? 'Somebody';
  const name = displayName ?? 'somebody who is gone';
  const what = source === null ? `took the name ${name} off` : `named it ${name}`;
  const when = createdAt === null ? '' : ` on ${formatter.format(new Date(createdAt))}`;
  return changes.length === 1
    ? `${who} ${what}${when}.`
    : `${changes.length} of these faces were changed, the last by ${who}, who ${what}${when}.`;
}

/** Who changed a person since they were shown; undefined for any other error, which speaks for itself. */
export function describePersonChanged(error: Error): string | undefined {
  if (!(error instanceof ApiProblem) || error.code !== 'PERSON_CHANGED') return undefined;
  const { actor, displayName, createdAt } = error.details;
  return `${actor} changed ${displayName} on ${formatter.format(new Date(String(createdAt)))}. Look again, then decide.`;
}

const formatter = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });
