import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { photosQuery } from '../api/queries.ts';
import { type PhotoSearch, toPhotosQuery } from '../photos/photo-search.ts';

export interface Neighbours {
  previous: string | null;
  next: string | null;
  /** "3 of 120"; null while the photo has not been found among its search. */
  position: string | null;
}

/** How far to look for a photo that was opened by its address rather than from the grid. */
const photosToLookThrough = 1000;

/** The photos before and after one, in the order of the search it was opened from. */
export function useNeighbours(photoId: string, search: PhotoSearch): Neighbours {
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(photosQuery(toPhotosQuery(search)));
  const photos = data?.pages.flatMap((page) => page.items) ?? [];
  const index = photos.findIndex((photo) => photo.photoId === photoId);
  const isMissing = index === -1 && photos.length < photosToLookThrough;
  const isLast = index !== -1 && index === photos.length - 1;

  useEffect(() => {
    if ((isMissing || isLast) && hasNextPage && !isFetching) void fetchNextPage();
  }, [isMissing, isLast, hasNextPage, isFetching, fetchNextPage]);

  if (index === -1) return { previous: null, next: null, position: null };
  return {
    previous: photos[index - 1]?.photoId ?? null,
    next: photos[index + 1]?.photoId ?? null,
    position: `${index + 1} of ${data?.pages[0]?.total ?? `${photos.length}${hasNextPage ? '+' : ''}`}`,
  };
}
