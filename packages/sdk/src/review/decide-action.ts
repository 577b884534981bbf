import type { LibrarySettings } from '../library/library-context.ts';
import type { Suggestion } from '../model/review.ts';

/** What to do with a suggestion of this confidence: the two thresholds of the library decide. */
export function decideAction(
  confidence: number,
  { autoApplyThreshold, confirmThreshold }: Pick<LibrarySettings, 'autoApplyThreshold' | 'confirmThreshold'>,
): Suggestion['action'] {
  if (confidence >= autoApplyThreshold) return 'auto_apply';
  return confidence >= confirmThreshold ? 'ask' : 'leave_unknown';
}
