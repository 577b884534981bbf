import { EVIDENCE_REACH, type PersonEvidence } from '../../evidence/person-evidence.ts';

/** The features of a person as a candidate, or the weights of these: same length, same order. */
export type FaceFeatures = readonly [
  constant: number,
  nearest: number,
  meanOfNearest: number,
  nextPerson: number,
  logFaces: number,
];

/**
 * Fitted in November 2026 by bench/identity/fit-confidence.ts on 6,953 dlib embeddings of 2,848 people (Labeled Faces in the Wild),
 * in simulated libraries of 3 to 400 known people among strangers. On the half of the people that the fit never saw: expected
 * calibration error 0.004 to 0.021, Brier score 0.017, the right person first for 99.1 to 99.6 % of the known faces in libraries
 * of 50 people and more.
 */
export const FACE_WEIGHTS: FaceFeatures = [18.47, -7.07, -56.46, 26.5, -1.0];

/**
 * What the face alone says about each person, as numbers:
 * - the L2 distance to the person's nearest confirmed face, and the mean over the nearest few;
 * - the distance to the nearest face of anybody else: a face that is near to two people is neither's for certain;
 * - the logarithm of the person's number of faces: the more there are, the closer the closest one is by chance.
 */
export function faceFeatures(evidence: readonly PersonEvidence[]): FaceFeatures[] {
  const [first = EVIDENCE_REACH, second = EVIDENCE_REACH] = evidence.map((person) => person.distances[0]).sort((a, b) => a - b);
  return evidence.map(({ distances, confirmedFaces }) => {
    const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
    return [1, distances[0], mean, distances[0] === first ? second : first, Math.log(confirmedFaces)];
  });
}
