import { EVIDENCE_REACH, SUPPORT_REACH } from '../../evidence/person-evidence.ts';
import { FACE_WEIGHTS, type FaceFeatures, faceFeatures } from './confidence-model.ts';
import type { ReadyTerm } from './ranking-term.ts';

/** Where a feature speaks neither for nor against: at dlib's limit of likeness, nobody else in reach, one face known. */
const NEUTRAL: FaceFeatures = [1, SUPPORT_REACH, SUPPORT_REACH, EVIDENCE_REACH, 0];

/** Log-odds of a neutral face. */
const BASE = FACE_WEIGHTS.reduce((sum, weight, i) => sum + weight * NEUTRAL[i]!, 0);

/** What the picture of the face alone says, by the features of the confidence model, each against a neutral face. */
export const faceTerm: ReadyTerm = {
  kind: 'face',
  weigh: ({ candidates }) => {
    const features = faceFeatures(candidates);
    // Adding 0 makes a negative zero a plain one, which JSON has no other of.
    const against = (feature: 1 | 2 | 3 | 4) =>
      features.map((values) => FACE_WEIGHTS[feature] * (values[feature] - NEUTRAL[feature]) + 0);
    const nearest = (i: number) => candidates[i]!.distances[0];
    return [
      {
        name: 'base',
        logOdds: candidates.map(() => BASE),
        because: () => `Where a face at distance ${SUPPORT_REACH} starts, with nobody else near.`,
      },
      { name: 'nearest face', logOdds: against(1), because: (i) => `The nearest face is at distance ${nearest(i).toFixed(2)}.` },
      { name: 'mean of nearest', logOdds: against(2), because: (i) => sayMean(candidates[i]!.distances.length, features[i]![2]) },
      { name: 'next person', logOdds: against(3), because: (i) => sayNext(nearest(i), features[i]![3]) },
      { name: 'number of faces', logOdds: against(4), because: (i) => sayNumber(candidates[i]!.confirmedFaces) },
    ];
  },
};

function sayMean(faces: number, mean: number): string {
  if (faces === 1) return `It is the only one within ${EVIDENCE_REACH}.`;
  return `The nearest ${faces} are at ${mean.toFixed(2)} on average.`;
}

function sayNext(own: number, next: number): string {
  if (next >= EVIDENCE_REACH) return `Nobody else is within ${EVIDENCE_REACH}.`;
  return next < own ? `Somebody else is nearer, at ${next.toFixed(2)}.` : `The next person is at ${next.toFixed(2)}.`;
}

function sayNumber(faces: number): string {
  return faces === 1 ? 'One face is known.' : `${faces} faces are known: of many, one is near by chance.`;
}
