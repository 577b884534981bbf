import type { LibraryContext } from '../library/library-context.ts';
import type { Review } from '../model/review.ts';
import { applyCertain } from './apply-certain.ts';
import { ReviewMemory } from './review-memory.ts';
import { reviewQueue } from './review-queue.ts';
import { suggestPeople } from './suggest.ts';

/**
 * Who faces could be, and which of them to ask about.
 *
 * `suggestions` and `identify` ask the database, once. `queue` and `applyCertain` compare all faces with each other and keep their
 * vectors in memory from the first call on: half a megabyte per thousand faces.
 */
export function createReview(context: LibraryContext): Review {
  const memory = new ReviewMemory(context);
  return {
    suggestions: (faceId, options = {}) => suggestPeople(context, { ...options, faceId }),
    identify: ({ embedding, space, limit }) => suggestPeople(context, { embedding, space, limit }),
    queue: (options = {}) => reviewQueue(context, memory, options),
    applyCertain: (options = {}) => applyCertain(context, memory, options),
  };
}
