import type { LabelChange } from '@photoorg/sdk';
import type { Reporter } from './reporter.ts';

/** Says how to take a change back; nothing where nothing changed. */
export function noteUndo(reporter: Reporter, { batchId, events }: LabelChange): void {
  if (events > 0) reporter.note(`To undo: photoorg label undo ${batchId}`);
}
