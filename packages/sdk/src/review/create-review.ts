import type { LibraryContext } from '../library/library-context.ts';
import type { Review } from '../model/review.ts';
import { refuseUnknown, takingOptions } from '../values/refuse-unknown.ts';
import { applyCertain } from './apply-certain.ts';
import { findCandidates, findCandidatesFor } from './find-candidates.ts';
import { prepareTerms } from './prepare-terms.ts';
import { ReviewMemory } from './review-memory.ts';
import { reviewQueue } from './review-queue.ts';
import { suggestPeople } from './suggest.ts';
import { RANKING_TERMS } from './terms/index.ts';

type SuggestionsOptions = NonNullable<Parameters<Review['suggestions']>[1]>;

/**
 * Who faces could be, and which of them to ask about.
 *
 * `suggestions` and `identify` ask the database, once. `queue` and `applyCertain` compare all faces with each other and keep their
 * vectors in memory from the first call on: half a megabyte per thousand faces.
 */
export function createReview(context: LibraryContext, rankingTerms = RANKING_TERMS): Review {
  const memory = new ReviewMemory(context);
  const terms = prepareTerms(context, rankingTerms);
  return {
    async suggestions(faceId, options = {}) {
      refuseUnknown<SuggestionsOptions>(options, { limit: true, signal: true }, 'the options of review.suggestions');
      return suggestPeople(context, (signal) => findCandidates(context, faceId, signal), { ...options, terms });
    },
    identify: takingOptions('review.identify', { embedding: true, space: true, limit: true }, ({ limit, ...options }) =>
      suggestPeople(context, (signal) => findCandidatesFor(context, options, signal), { limit, terms }),
    ),
    queue: (options = {}) => reviewQueue(context, { memory, terms }, options),
    applyCertain: (options = {}) => applyCertain(context, { memory, terms }, options),
  };
}
