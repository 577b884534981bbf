import type { LibrarySettings } from '../library/library-context.ts';
import type { Suggestion } from '../model/suggestion.ts';

/** What is held against the auto-apply threshold: a name must be likely, and so by the face alone. */
export function certaintyOf({ confidence, faceConfidence }: Pick<Suggestion, 'confidence' | 'faceConfidence'>): number {
  return Math.min(confidence, faceConfidence);
}

/**
 * What to do with a suggestion: the two thresholds of the library decide. Nothing is applied that the face alone does not make certain:
 * time, place and company can be the same for two people.
 */
export function decideAction(
  confidences: Pick<Suggestion, 'confidence' | 'faceConfidence'>,
  { autoApplyThreshold, confirmThreshold }: Pick<LibrarySettings, 'autoApplyThreshold' | 'confirmThreshold'>,
): Suggestion['action'] {
  if (certaintyOf(confidences) >= autoApplyThreshold) return 'auto_apply';
  return confidences.confidence >= confirmThreshold ? 'ask' : 'leave_unknown';
}
