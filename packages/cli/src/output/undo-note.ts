import type { LabelChange } from '@photoorg/sdk';
import type { Reporter } from './reporter.ts';

/** Says how to take a change back; nothing where nothing changed. */
export function noteUndo(reporter: Reporter, { batchId, events }: LabelChange): void {
  if (events > 0) reporter.note(`To undo: photoorg label undo ${batchId}`);
}

/** The same for a result that has no batch where nothing changed. */
export function noteUndoOf(reporter: Reporter, { batchId }: { batchId: string | null }): void {
  if (batchId !== null) noteUndo(reporter, { batchId, events: 1 });
}
