import { useMemo, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { GroupQuestion } from './group-question.tsx';
import { groupQuestions } from './group-questions.ts';
import { NothingToAsk } from './nothing-to-ask.tsx';
import { useReviewQueue } from './use-review-queue.ts';

/** Everyone who looks like the same person at once: leave out who is not, confirm the rest. */
export function ReviewGroups({ onRestart }: { onRestart: () => void }) {
  const { items, hasNextPage, isFetching, fetchNextPage, ...queue } = useReviewQueue('groups', 'all');
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  const groups = useMemo(() => groupQuestions(items.filter(({ face }) => !settled.has(face.faceId))), [items, settled]);

  const container = useRef<HTMLDivElement>(null);
  useKeptFocus(container, groups.length);

  if (queue.isPending) return <Loading what="questions" />;
  if (queue.isError && items.length === 0) {
    return <ProblemNotice what="The questions could not be fetched" error={queue.error} onRetry={() => void queue.refetch()} />;
  }
  return (
    <div ref={container} tabIndex={-1} className="grid gap-6">
      {groups.map((group) => (
        <GroupQuestion
          key={group.person?.personId ?? 'nobody'}
          group={group}
          onSettled={(faceIds) => setSettled((before) => before.union(new Set(faceIds)))}
          onReopened={(faceIds) => setSettled((before) => before.difference(new Set(faceIds)))}
        />
      ))}
      {groups.length === 0 && !hasNextPage && <NothingToAsk answered={settled.size} scope="all" onRestart={onRestart} />}
      {hasNextPage && (
        <p className="text-center">
          <Button isDisabled={isFetching} onPress={() => void fetchNextPage()}>
            Fetch more faces
          </Button>
        </p>
      )}
    </div>
  );
}
