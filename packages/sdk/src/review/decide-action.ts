import type { LibrarySettings } from '../library/library-context.ts';
import type { Suggestion } from '../model/review.ts';

/**
 * What to do with a suggestion: the two thresholds of the library decide. Nothing is applied that the face alone does not make certain:
 * time, place and company can be the same for two people.
 */
export function decideAction(
  { confidence, faceConfidence }: Pick<Suggestion, 'confidence' | 'faceConfidence'>,
  { autoApplyThreshold, confirmThreshold }: Pick<LibrarySettings, 'autoApplyThreshold' | 'confirmThreshold'>,
): Suggestion['action'] {
  if (Math.min(confidence, faceConfidence) >= autoApplyThreshold) return 'auto_apply';
  return confidence >= confirmThreshold ? 'ask' : 'leave_unknown';
}
