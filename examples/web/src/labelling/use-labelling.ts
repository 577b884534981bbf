import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { undoBatch } from '../api/library-api.ts';
import { libraryKey } from '../api/queries.ts';
import { getSettings } from '../shell/settings.ts';
import { notify } from '../shell/toasts.tsx';
import { type Decision, describeDecision, takeDecision } from './decision.ts';

export interface LabellingOptions {
  /** Called with the faces of a decision that was taken back. */
  onUndone?: (faceIds: string[]) => void;
}

/** Takes decisions about faces: writes them, brings the page up to date and offers undo. The mutation's error is for the caller to show. */
export function useLabelling({ onUndone }: LabellingOptions = {}) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (decision: Decision) => takeDecision(decision, getSettings().actor),
    onSuccess: async ({ batchId }, decision) => {
      notifyUndoable(queryClient, describeDecision(decision), batchId, () => onUndone?.(facesOf(decision)));
      await queryClient.invalidateQueries({ queryKey: libraryKey });
    },
    // What somebody else said meanwhile is shown beside the problem.
    onError: () => queryClient.invalidateQueries({ queryKey: libraryKey }),
  });
}

/** Says what was done and offers to take it back. */
export function notifyUndoable(queryClient: QueryClient, message: string, batchId: string, onUndone?: () => void): void {
  const undo = async () => {
    try {
      await undoBatch({ batchId, actor: getSettings().actor });
      onUndone?.();
      notify({ message: `Undone: ${message}` });
    } catch (error) {
      notify({ tone: 'problem', message: `Could not undo: ${error instanceof Error ? error.message : String(error)}` });
    }
    await queryClient.invalidateQueries({ queryKey: libraryKey });
  };
  notify({ message, undo: () => void undo() });
}

function facesOf(decision: Decision): string[] {
  return 'faceIds' in decision ? decision.faceIds : [decision.faceId];
}
