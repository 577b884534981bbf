import type { Clues } from './clues.ts';
import { type PlacementTerm, placementTerms } from './placement-terms.ts';
import { PLACEMENT_WEIGHTS } from './placement-weights.ts';

/** The chance that a face is whom its clues speak for, 0 to 1: a logistic model of `placementTerms`. */
export function placementConfidence(clues: Clues): number {
  const terms = placementTerms(clues);
  let sum = 0;
  for (const [name, weight] of Object.entries(PLACEMENT_WEIGHTS)) sum += weight * terms[name as PlacementTerm];
  return 1 / (1 + Math.exp(-sum));
}
