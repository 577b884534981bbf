import type { KnownFaces } from '../evidence/known-faces.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { RankingTerm, ReadyTerm } from './terms/ranking-term.ts';

/** Gives the terms as of these faces. */
export type TermsNow = (known: KnownFaces, signal?: AbortSignal) => Promise<readonly ReadyTerm[]>;

/** What the priors know of the library is read once for the faces as they are known. Terms that need to know nothing cost no query. */
export function prepareTerms(context: LibraryContext, terms: readonly RankingTerm[]): TermsNow {
  const prepared = new WeakMap<KnownFaces, Promise<readonly ReadyTerm[]>>();
  const prepareAll = (known: KnownFaces, signal?: AbortSignal) =>
    Promise.all(
      terms.map(
        async (term): Promise<ReadyTerm> =>
          'prepare' in term ? { kind: 'prior', weigh: await term.prepare({ context, known, signal }) } : term,
      ),
    );
  return async (known, signal) => {
    const kept = prepared.get(known);
    if (kept) return kept;
    const ready = await prepareAll(known, signal);
    prepared.set(known, Promise.resolve(ready));
    return ready;
  };
}
