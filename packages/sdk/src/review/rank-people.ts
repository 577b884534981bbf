import { probabilities } from './conditional-logit.ts';
import { faceLogOdds } from './confidence-model.ts';
import type { PersonEvidence } from './person-evidence.ts';

/** A person as the answer to "who is this?". */
export interface RankedPerson {
  readonly evidence: PersonEvidence;
  /** 0 to 1; over all people at most 1. */
  readonly confidence: number;
  /** L2 distance to the nearest confirmed face of anybody else; null when nobody else is in reach. */
  readonly nextDistance: number | null;
}

/**
 * The people in reach of a probe, the likeliest first; of equals, the nearest, then the one known longest. The order of `evidence`
 * does not matter, down to the last bit of a confidence.
 */
export function rankPeople(evidence: readonly PersonEvidence[]): RankedPerson[] {
  const nearestFirst = evidence.toSorted((a, b) => a.distances[0] - b.distances[0] || (a.personId < b.personId ? -1 : 1));
  const confidences = probabilities(faceLogOdds(nearestFirst));
  return nearestFirst
    .map((person, i) => ({ evidence: person, confidence: confidences[i]!, nextDistance: nextDistance(nearestFirst, i) }))
    .sort((a, b) => b.confidence - a.confidence);
}

/** `nearestFirst`: anybody else's nearest face is the first person's, or the second's for the first. */
function nextDistance(nearestFirst: readonly PersonEvidence[], index: number): number | null {
  return nearestFirst[index === 0 ? 1 : 0]?.distances[0] ?? null;
}
