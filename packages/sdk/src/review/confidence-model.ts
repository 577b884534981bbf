import { EVIDENCE_REACH, type PersonEvidence } from './person-evidence.ts';

/** Weights of the features of `faceFeatures`, in their order. */
export type ConfidenceWeights = readonly [
  constant: number,
  nearest: number,
  meanOfNearest: number,
  nextPerson: number,
  logFaces: number,
];

/**
 * Fitted by bench/identity/fit-confidence.ts.
 */
export const FACE_WEIGHTS: ConfidenceWeights = [13.2, -11.6, -53.4, 38, -1.05];

/**
 * What the face alone says about one person, as numbers:
 * - the L2 distance to the person's nearest confirmed face, and the mean over the nearest few;
 * - the distance to the nearest face of anybody else: a face that is near to two people is neither's for certain;
 * - the logarithm of the person's number of faces: the more there are, the closer the closest is by chance.
 */
export function faceFeatures(evidence: PersonEvidence, nextPersonDistance: number): ConfidenceWeights {
  const { distances } = evidence;
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  return [1, distances[0], mean, Math.min(nextPersonDistance, EVIDENCE_REACH), Math.log(evidence.confirmedFaces)];
}

/** Log-odds of each person against "none of them", from the face alone. Other knowledge about a person adds to it. */
export function faceLogOdds(evidence: readonly PersonEvidence[], weights: ConfidenceWeights = FACE_WEIGHTS): number[] {
  return evidence.map((person, index) => {
    const others = evidence.filter((_, other) => other !== index).map((other) => other.distances[0]);
    const features = faceFeatures(person, Math.min(EVIDENCE_REACH, ...others));
    return features.reduce((sum, feature, i) => sum + feature * weights[i]!, 0);
  });
}

/**
 * Probability of each person, given log-odds against "none of them": at most one of them is the face, so the probabilities and the
 * one of "somebody else" add up to 1.
 */
export function probabilities(logOdds: readonly number[]): number[] {
  const largest = Math.max(0, ...logOdds);
  const odds = logOdds.map((value) => Math.exp(value - largest));
  const total = odds.reduce((sum, value) => sum + value, Math.exp(-largest));
  return odds.map((value) => value / total);
}
