import { probabilities } from './conditional-logit.ts';
import { faceLogOdds } from './confidence-model.ts';
import { EVIDENCE_REACH, type PersonEvidence } from './person-evidence.ts';

/** A person as the answer to "who is this?". */
export interface RankedPerson {
  readonly evidence: PersonEvidence;
  /** 0 to 1; over all people at most 1. */
  readonly confidence: number;
  /** L2 distance to the nearest confirmed face of anybody else; null when nobody else is in reach. */
  readonly nextDistance: number | null;
}

/** The people in reach of a probe, the likeliest first; of equals, the nearest, then the one known longest. */
export function rankPeople(evidence: readonly PersonEvidence[]): RankedPerson[] {
  const confidences = probabilities(faceLogOdds(evidence));
  return evidence
    .map((person, i) => ({ evidence: person, confidence: confidences[i]!, nextDistance: nextDistance(evidence, i) }))
    .sort(
      (a, b) =>
        b.confidence - a.confidence ||
        a.evidence.distances[0] - b.evidence.distances[0] ||
        (a.evidence.personId < b.evidence.personId ? -1 : 1),
    );
}

function nextDistance(evidence: readonly PersonEvidence[], index: number): number | null {
  const nearest = Math.min(EVIDENCE_REACH, ...evidence.filter((_, i) => i !== index).map((other) => other.distances[0]));
  return nearest < EVIDENCE_REACH ? nearest : null;
}
