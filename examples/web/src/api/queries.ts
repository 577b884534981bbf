import type { ListFacesQuery, ListPeopleQuery, ListPhotosQuery, SimilarFacesRequest } from '@photoorg/example-api/schemas';
import { infiniteQueryOptions, keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query';
import {
  findSimilarFaces,
  getPerson,
  getPhoto,
  getSuggestions,
  listFaces,
  listPeople,
  listPhotos,
  listReviewQueue,
} from './library-api.ts';
import { ApiProblem } from './problem.ts';

/** Everything a labelling decision may change lies under this key, so one invalidation brings the page up to date. */
export const libraryKey = ['library'];

/** The review queue stands apart: it must not be re-sorted under the hands of someone answering it. */
export const reviewQueueKey = ['review-queue'];

const photosPerPage = 100;
const facesPerPage = 60;
const peoplePerPage = 100;
const questionsPerPage = 50;

/** Tries of a read that failed for a passing reason. */
const readRetries = 2;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < readRetries && error instanceof ApiProblem && error.retryable,
      },
    },
  });
}

const nextCursor = (page: { nextCursor: string | null }) => page.nextCursor;

export function photosQuery(search: ListPhotosQuery) {
  return infiniteQueryOptions({
    queryKey: [...libraryKey, 'photos', search],
    queryFn: ({ pageParam, signal }) => listPhotos({ ...search, limit: photosPerPage, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function photoQuery(photoId: string) {
  return queryOptions({ queryKey: [...libraryKey, 'photo', photoId], queryFn: ({ signal }) => getPhoto(photoId, signal) });
}

export function facesQuery(search: Pick<ListFacesQuery, 'personId'>) {
  return infiniteQueryOptions({
    queryKey: [...libraryKey, 'faces', search],
    queryFn: ({ pageParam, signal }) => listFaces({ ...search, limit: facesPerPage, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: nextCursor,
  });
}

export function suggestionsQuery(faceId: string) {
  return queryOptions({
    queryKey: [...libraryKey, 'suggestions', faceId],
    queryFn: ({ signal }) => getSuggestions(faceId, signal),
  });
}

export function similarFacesQuery(search: SimilarFacesRequest) {
  return queryOptions({
    queryKey: [...libraryKey, 'similar', search],
    queryFn: ({ signal }) => findSimilarFaces(search, signal),
  });
}

export function peopleQuery(search: Pick<ListPeopleQuery, 'q' | 'order'>) {
  return infiniteQueryOptions({
    queryKey: [...libraryKey, 'people', search],
    queryFn: ({ pageParam, signal }) => listPeople({ ...search, limit: peoplePerPage, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function personQuery(personId: string) {
  return queryOptions({ queryKey: [...libraryKey, 'person', personId], queryFn: ({ signal }) => getPerson(personId, signal) });
}

/** Which faces a review asks about: those that look like someone with a name, or every face without one. */
export type ReviewScope = 'likely' | 'all';

/** The questions for one way of reviewing; kept apart, so that another way begins with what is still open. */
export function reviewQueueQuery(view: 'one by one' | 'groups', scope: ReviewScope) {
  return infiniteQueryOptions({
    queryKey: [...reviewQueueKey, view, scope],
    queryFn: ({ pageParam, signal }) =>
      listReviewQueue(
        { limit: questionsPerPage, cursor: pageParam ?? undefined, minConfidence: scope === 'all' ? 0 : undefined },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}
