import type { LabelSource } from '@photoorg/example-api/schemas';
import { isOwnChange } from '../api/own-changes.ts';
import { ApiProblem } from '../api/problem.ts';

/** By face, what its label's `eventId` was when it was shown; null without a label. */
export type ShownLabels = Readonly<Record<string, string | null>>;

/** What was said of a face since it was shown. */
export interface LabelSince {
  faceId: string;
  batchId: string | null;
  actor: string | null;
  displayName: string | null;
  /** Null when the label was taken off. */
  source: LabelSource | null;
  createdAt: string | null;
  revision: string | null;
}

/** As the journal names the program itself. */
const program = 'photoorg';

export function shownLabels(faces: readonly { faceId: string; label: { eventId: string } | null }[]): ShownLabels {
  return Object.fromEntries(faces.map(({ faceId, label }) => [faceId, label?.eventId ?? null]));
}

/** What others said of the faces meanwhile, the last first; null when the error is something else. */
export function labelsSaidSince(error: unknown): readonly LabelSince[] | null {
  if (!(error instanceof ApiProblem) || error.code !== 'LABEL_CHANGED') return null;
  return error.details.changes as LabelSince[];
}

/**
 * Writes with what was shown. What this page changed itself since, and a guess that came or went, is nobody else's word: it is written
 * over, still not what somebody says in that moment.
 */
export async function writeOverShown<T>(shown: ShownLabels | undefined, write: (shown?: ShownLabels) => Promise<T>): Promise<T> {
  try {
    return await write(shown);
  } catch (error) {
    const changes = labelsSaidSince(error);
    if (!changes || !shown || !(await allNobodyElses(changes))) throw error;
    return write({ ...shown, ...Object.fromEntries(changes.map(({ faceId, revision }) => [faceId, revision])) });
  }
}

async function allNobodyElses(changes: readonly LabelSince[]): Promise<boolean> {
  const own = await Promise.all(changes.map(({ batchId }) => batchId !== null && isOwnChange(batchId)));
  return changes.every(({ source, actor }, index) => own[index] || source === 'model_guess' || actor === program);
}
