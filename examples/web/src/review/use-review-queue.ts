import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type ReviewScope, reviewQueueQuery } from '../api/queries.ts';

/** The questions fetched so far, each face once: while answers are written, a later page may repeat an earlier face. */
export function useReviewQueue(view: 'one by one' | 'groups', scope: ReviewScope) {
  const query = useInfiniteQuery(reviewQueueQuery(view, scope));
  const { data } = query;
  const items = useMemo(() => {
    const byFace = new Map(data?.pages.flatMap((page) => page.items).map((item) => [item.face.faceId, item]));
    return [...byFace.values()];
  }, [data]);
  return { ...query, items, total: data?.pages[0]?.total ?? null };
}
