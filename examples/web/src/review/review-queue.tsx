import { useEffect } from 'react';
import type { ReviewScope } from '../api/queries.ts';
import { DecisionProblem } from '../labelling/decision-problem.tsx';
import { useShortcuts } from '../shell/use-shortcuts.ts';
import { Button } from '../ui/button.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { NothingToAsk } from './nothing-to-ask.tsx';
import { Question } from './question.tsx';
import { ReviewProgress } from './review-progress.tsx';
import { countAnswered } from './review-steps.ts';
import { useReview } from './use-review.ts';
import { useReviewQueue } from './use-review-queue.ts';

/** Questions left when the next page of them is fetched, so that answering quickly never waits. */
const fetchAheadAt = 10;

interface ReviewQueueProps {
  scope: ReviewScope;
  /** Asks the library for questions anew. */
  onRestart: () => void;
}

/** One question at a time, answered by pointer or keyboard. */
export function ReviewQueue({ scope, onRestart }: ReviewQueueProps) {
  const { items, total, hasNextPage, isFetching, fetchNextPage, dataUpdatedAt, ...queue } = useReviewQueue('one by one', scope);
  const review = useReview(items);
  const current = items[review.index];
  const answered = countAnswered(review.steps);
  const remaining = Math.max(0, (total ?? items.length) - answered);

  useEffect(() => {
    if (hasNextPage && !isFetching && !queue.isError && review.index >= items.length - fetchAheadAt) void fetchNextPage();
  }, [hasNextPage, isFetching, queue.isError, review.index, items.length, fetchNextPage]);
  useShortcuts({ arrowleft: () => review.move(-1), arrowright: () => review.move(1), z: review.undo });

  if (queue.isPending) return <Loading what="questions" />;
  if (queue.isError && items.length === 0) {
    return <ProblemNotice what="The questions could not be fetched" error={queue.error} onRetry={() => void queue.refetch()} />;
  }
  return (
    <>
      <p role="status" className="sr-only">
        {review.message && `${review.message}. ${current ? `Face ${review.index + 1}` : 'No more questions'}.`}
      </p>
      {items.length > 0 && (
        <ReviewProgress
          answered={answered}
          remaining={remaining}
          hasMore={total === null && hasNextPage}
          message={review.message}
        />
      )}
      {review.problem && (
        <div className="mb-5">
          {review.problem.decision && current ? (
            <DecisionProblem
              decision={review.problem.decision}
              error={review.problem.error}
              onDecide={(decision) => review.decide(current.face.faceId, decision)}
            />
          ) : (
            <ProblemNotice what="Could not undo" error={review.problem.error} onRetry={review.undo} />
          )}
        </div>
      )}
      {current ? (
        <Question
          key={current.face.faceId}
          item={current}
          next={items[review.index + 1]}
          fetchedAt={dataUpdatedAt}
          review={review}
        />
      ) : (
        !isFetching && <NothingToAsk answered={answered} scope={scope} onRestart={onRestart} />
      )}
      {!current && review.steps.length > 0 && (
        <p className="text-center">
          <Button shortcut="Z" onPress={review.undo}>
            Undo the last answer
          </Button>
        </p>
      )}
    </>
  );
}
