import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { UserRoundPlus } from 'lucide-react';
import { useState } from 'react';
import { peopleQuery } from '../api/queries.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { Button, buttonClasses } from '../ui/button.tsx';
import { fieldClasses } from '../ui/field.ts';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { PersonCard } from './person-card.tsx';

export function PeoplePage() {
  const [order, setOrder] = useState<'faces' | 'name'>('faces');
  const people = useInfiniteQuery(peopleQuery({ order }));
  const items = people.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-3">
        <PageTitle title="People" />
        {items.length > 1 && (
          <label className="flex items-center gap-2 whitespace-nowrap text-sm">
            Sorted by
            <select
              className={`${fieldClasses} w-auto`}
              value={order}
              onChange={(event) => setOrder(event.target.value === 'name' ? 'name' : 'faces')}
            >
              <option value="faces">number of faces</option>
              <option value="name">name</option>
            </select>
          </label>
        )}
      </div>
      {people.isPending && <Loading what="people" />}
      {people.isError && (
        <ProblemNotice what="The people could not be shown" error={people.error} onRetry={() => void people.refetch()} />
      )}
      {people.isSuccess && items.length === 0 && <NobodyYet />}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.25rem,1fr))] sm:grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))] gap-x-4 gap-y-7">
        {items.map((person) => (
          <PersonCard key={person.personId} person={person} />
        ))}
      </ul>
      {people.hasNextPage && (
        <p className="mt-8 text-center">
          <Button isDisabled={people.isFetchingNextPage} onPress={() => void people.fetchNextPage()}>
            Show more people
          </Button>
        </p>
      )}
    </>
  );
}

function NobodyYet() {
  return (
    <div className="py-16 text-center">
      <UserRoundPlus aria-hidden="true" className="mx-auto size-12 text-accent" />
      <h2 className="mt-4 font-semibold text-xl">Nobody has a name yet</h2>
      <p className="mt-1 text-muted">Name one face, and photoorg starts to recognise it in the others.</p>
      <Link to="/review" className={`${buttonClasses('primary')} mt-6`}>
        Start with the review
      </Link>
    </div>
  );
}
