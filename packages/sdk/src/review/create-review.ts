import { createGroups } from '../grouping/create-groups.ts';
import { UnnamedGroups } from '../grouping/unnamed-groups.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { Review } from '../model/review.ts';
import { refuseUnknown, takingOptions } from '../values/refuse-unknown.ts';
import { applyCertain } from './apply-certain.ts';
import { auditLabels } from './audit/audit-labels.ts';
import { learnCalibration } from './calibration/learn-calibration.ts';
import { answerCard } from './cards/answer-card.ts';
import { LookAhead } from './cards/look-ahead.ts';
import { nextCards } from './cards/next-cards.ts';
import { evaluateReview } from './evaluate/evaluate-review.ts';
import { findCandidates, findCandidatesFor } from './find-candidates.ts';
import { prepareRanking } from './prepare-ranking.ts';
import { recomputePriors } from './priors/learn-priors.ts';
import { RANKING_TERMS } from './ranking-terms.ts';
import { ReviewMemory } from './review-memory.ts';
import { reviewQueue } from './review-queue.ts';
import { suggestPeople } from './suggest.ts';

type SuggestionsOptions = NonNullable<Parameters<Review['suggestions']>[1]>;

/**
 * Who faces could be, and which of them to ask about.
 *
 * All of it compares faces in memory, where their vectors are kept from the first call on: about two megabytes per thousand faces.
 */
export function createReview(context: LibraryContext, rankingTerms = RANKING_TERMS, groups = createGroups(context)): Review {
  const memory = new ReviewMemory(context);
  const ranking = prepareRanking(context, rankingTerms);
  const unnamed = new UnnamedGroups(context, groups);
  const ahead = new LookAhead();
  return {
    async suggestions(faceId, options = {}) {
      refuseUnknown<SuggestionsOptions>(options, { limit: true, signal: true }, 'the options of review.suggestions');
      return suggestPeople(context, (signal) => findCandidates({ context, memory, signal }, faceId), { ...options, ranking });
    },
    identify: takingOptions('review.identify', { embedding: true, space: true, limit: true }, ({ limit, ...options }) =>
      suggestPeople(context, (signal) => findCandidatesFor({ context, memory, signal }, options), { limit, ranking }),
    ),
    queue: (options = {}) => reviewQueue(context, { memory, ranking }, options),
    next: (options = {}) => nextCards(context, { memory, ranking, groups: unnamed, ahead }, options),
    answer: (answer) => answerCard(context, answer),
    applyCertain: (options = {}) => applyCertain(context, { memory, ranking }, options),
    recomputePriors: (options = {}) => recomputePriors(context, memory, options),
    calibrate: (options = {}) => learnCalibration(context, { memory, ranking }, options),
    audit: (options = {}) => auditLabels(context, { memory, ranking }, options),
    evaluate: (options = {}) => evaluateReview(context, { memory, ranking }, options),
  };
}
