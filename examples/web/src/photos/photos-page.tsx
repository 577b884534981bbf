import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { photosQuery } from '../api/queries.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { EmptyLibrary } from './empty-library.tsx';
import { NoMatches } from './no-matches.tsx';
import { PhotoFilters } from './photo-filters.tsx';
import { PhotoGrid } from './photo-grid.tsx';
import { isFiltered, toPhotosQuery } from './photo-search.ts';

const route = getRouteApi('/');

export function PhotosPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const photos = useInfiniteQuery(photosQuery(toPhotosQuery(search)));
  const items = photos.data?.pages.flatMap((page) => page.items) ?? [];
  const total = photos.data?.pages[0]?.total ?? null;

  return (
    <>
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-6">
        <PageTitle title="Photos" />
        <p role="status" className="text-muted">
          {photos.isSuccess && !photos.isPlaceholderData && countText(items.length, total, isFiltered(search))}
        </p>
      </div>
      <PhotoFilters search={search} onChange={(change) => void navigate({ search: { ...search, ...change }, replace: true })} />
      {photos.isError && items.length === 0 && (
        <ProblemNotice what="The photos could not be shown" error={photos.error} onRetry={() => void photos.refetch()} />
      )}
      {photos.isPending && <Loading what="photos" />}
      {photos.isSuccess && items.length === 0 && (isFiltered(search) ? <NoMatches /> : <EmptyLibrary />)}
      <PhotoGrid
        photos={items}
        search={search}
        hasMore={photos.hasNextPage && !photos.isFetching && !photos.isError}
        onMore={photos.fetchNextPage}
      />
      {photos.isError && items.length > 0 && (
        <ProblemNotice what="No more photos could be fetched" error={photos.error} onRetry={() => void photos.fetchNextPage()} />
      )}
    </>
  );
}

function countText(loaded: number, total: number | null, filtered: boolean): string {
  if (loaded === 0) return '';
  const count = total ?? loaded;
  const noun = count === 1 ? 'photo' : 'photos';
  return `${count.toLocaleString('en')}${total === null ? '+' : ''} ${noun}${filtered ? ' found' : ''}`;
}
