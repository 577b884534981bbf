import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { reviewQueueKey } from '../api/queries.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { ApplyCertain } from './apply-certain.tsx';
import { ReviewGroups } from './review-groups.tsx';
import { ReviewQueue } from './review-queue.tsx';

const route = getRouteApi('/review');

const viewLink =
  'flex min-h-11 items-center rounded-xl border border-transparent px-4 text-muted hover:text-ink aria-[current=page]:bg-surface aria-[current=page]:font-semibold aria-[current=page]:text-ink aria-[current=page]:border-line-strong';

/** Where photoorg asks: one face after the other, or everyone who looks like the same person at once. */
export function ReviewPage() {
  const { view, ask } = route.useSearch();
  const queryClient = useQueryClient();
  const [sitting, setSitting] = useState(1);
  const restart = () => {
    setSitting((before) => before + 1);
    void queryClient.resetQueries({ queryKey: reviewQueueKey });
  };
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-x-6 gap-y-3">
        <PageTitle title="Review" />
        <nav aria-label="Ways to review" className="flex rounded-2xl bg-sunken p-1">
          <Link to="/review" search={{ ask }} activeOptions={{ exact: true, includeSearch: true }} className={viewLink}>
            One by one
          </Link>
          <Link
            to="/review"
            search={{ view: 'groups' }}
            activeOptions={{ exact: true, includeSearch: true }}
            className={viewLink}
          >
            By person
          </Link>
        </nav>
        <div className="sm:ml-auto">
          <ApplyCertain onChanged={restart} />
        </div>
      </div>
      {view === 'groups' ? (
        <ReviewGroups key={sitting} onRestart={restart} />
      ) : (
        <ReviewQueue key={`${sitting} ${ask}`} scope={ask ?? 'likely'} onRestart={restart} />
      )}
    </>
  );
}
