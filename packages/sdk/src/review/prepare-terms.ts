import type { LibraryContext } from '../library/library-context.ts';
import { KeptInStep } from './kept-in-step.ts';
import type { RankingTerm, ReadyTerm } from './terms/ranking-term.ts';

/** Gives the terms as of now. */
export type TermsNow = (signal?: AbortSignal) => Promise<readonly ReadyTerm[]>;

/** What the terms know of the library is read once, and again when anything changed. Terms that need to know nothing cost no query. */
export function prepareTerms(context: LibraryContext, terms: readonly RankingTerm[]): TermsNow {
  const ready = terms.flatMap((term) => ('weigh' in term ? term : []));
  const reading = terms.flatMap((term) => ('prepare' in term ? term : []));
  if (reading.length === 0) return async () => ready;
  const kept = new KeptInStep<readonly ReadyTerm[]>(context, async ({ former, signal }) => {
    if (former && !former.changes.isNews) return former.value;
    const prepared: ReadyTerm[] = [];
    for (const { kind, prepare } of reading) prepared.push({ kind, weigh: await prepare(context, signal) });
    return [...ready, ...prepared];
  });
  return (signal) => kept.current(signal);
}
