import type { KnownFaces } from '../evidence/known-faces.ts';
import type { LibraryContext } from '../library/library-context.ts';
import { readCalibrations } from './calibration/stored-calibrations.ts';
import type { Ranking } from './ranking.ts';
import type { PriorSources, RankingTerm, ReadyTerm } from './terms/ranking-term.ts';

/** Gives the ranking as of these faces. */
export type RankingNow = (known: KnownFaces, signal?: AbortSignal) => Promise<Ranking>;

/** What the ranking knows of the library is read once for the faces as they are known. Terms that need to know nothing cost no query. */
export function prepareRanking(context: LibraryContext, terms: readonly RankingTerm[]): RankingNow {
  const prepared = new WeakMap<KnownFaces, Promise<Ranking>>();
  const prepare = async (known: KnownFaces, signal?: AbortSignal): Promise<Ranking> => ({
    terms: await prepareTerms(terms, { context, known, signal }),
    calibrations: await readCalibrations(context, known.bank.spaceId),
  });
  return async (known, signal) => {
    const kept = prepared.get(known);
    if (kept) return kept;
    const ready = await prepare(known, signal);
    prepared.set(known, Promise.resolve(ready));
    return ready;
  };
}

/** The terms as of the library now. */
export function prepareTerms(terms: readonly RankingTerm[], sources: PriorSources): Promise<readonly ReadyTerm[]> {
  return Promise.all(
    terms.map(
      async (term): Promise<ReadyTerm> => ('prepare' in term ? { kind: 'prior', weigh: await term.prepare(sources) } : term),
    ),
  );
}
