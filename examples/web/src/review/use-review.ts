import type { ReviewItemResource } from '@photoorg/example-api/schemas';
import { useQueryClient } from '@tanstack/react-query';
import { useReducer } from 'react';
import { undoBatch } from '../api/library-api.ts';
import { libraryKey } from '../api/queries.ts';
import { type Decision, takeDecision } from '../labelling/decision.ts';
import { getSettings } from '../shell/settings.ts';
import { firstQuestion, type ReviewState, type ReviewStep, reviewReducer } from './review-steps.ts';

export interface ReviewControls extends ReviewState {
  /** Answers the question about a face; shows at once, is written behind. */
  decide: (faceId: string, decision: Decision) => void;
  /** Goes on without saying who the face is. */
  leaveUnknown: (faceId: string) => void;
  undo: () => void;
  move: (by: 1 | -1) => void;
}

/** Runs a review over a queue of questions. */
export function useReview(queue: readonly ReviewItemResource[]): ReviewControls {
  const queryClient = useQueryClient();
  const [state, dispatch] = useReducer(reviewReducer, firstQuestion);
  const refresh = () => queryClient.invalidateQueries({ queryKey: libraryKey });

  const decide = async (faceId: string, decision: Decision) => {
    const written = takeDecision(decision, getSettings().actor).then(({ batchId }) => batchId);
    const step: ReviewStep = { faceId, decision, written };
    dispatch({ type: 'answered', step, queue });
    try {
      await written;
    } catch (cause) {
      dispatch({ type: 'not written', step, error: asError(cause), queue });
    }
    await refresh();
  };

  const undo = async () => {
    const step = state.steps.at(-1);
    if (!step) return;
    dispatch({ type: 'undone', step, queue });
    try {
      const batchId = await step.written;
      if (batchId !== null) await undoBatch({ batchId, actor: getSettings().actor });
    } catch (cause) {
      dispatch({ type: 'not undone', step, error: asError(cause) });
    }
    await refresh();
  };

  return {
    ...state,
    decide: (faceId, decision) => void decide(faceId, decision),
    leaveUnknown: (faceId) =>
      dispatch({ type: 'answered', step: { faceId, decision: null, written: Promise.resolve(null) }, queue }),
    undo: () => void undo(),
    move: (by) => dispatch({ type: 'moved', by, queueLength: queue.length }),
  };
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
