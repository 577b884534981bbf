import { TYPICAL_STRANGER_DISTANCE } from '../../evidence/cohort.ts';
import { EVIDENCE_REACH, type PersonEvidence, SUPPORT_REACH } from '../../evidence/person-evidence.ts';
import { FACE_WEIGHTS, type FaceFeatures, faceFeatures, logOddsOfOneFace } from './confidence-model.ts';
import type { FaceTerm } from './ranking-term.ts';

/** Where a feature speaks neither for nor against: at dlib's limit of likeness, nobody else in reach, one face known, strangers as far as usual. */
const NEUTRAL: FaceFeatures = [
  1,
  SUPPORT_REACH,
  SUPPORT_REACH,
  SUPPORT_REACH,
  SUPPORT_REACH,
  EVIDENCE_REACH,
  0,
  1,
  TYPICAL_STRANGER_DISTANCE,
  TYPICAL_STRANGER_DISTANCE,
  SUPPORT_REACH / TYPICAL_STRANGER_DISTANCE,
];

/** Log-odds of a neutral face. */
const BASE = FACE_WEIGHTS.reduce((sum, weight, i) => sum + weight * NEUTRAL[i]!, 0);

/** What the picture of the face alone says, by the features of the confidence model, each against a neutral face. */
export const faceTerm: FaceTerm = {
  kind: 'face',
  weigh: ({ candidates, nearest }) => {
    const features = faceFeatures(candidates, nearest);
    // Adding 0 makes a negative zero a plain one, which JSON has no other of.
    const against = (...parts: number[]) =>
      features.map((values) => parts.reduce((sum, i) => sum + FACE_WEIGHTS[i]! * (values[i]! - NEUTRAL[i]!), 0) + 0);
    const distance = (i: number) => candidates[i]!.distances[0];
    return [
      {
        name: 'base',
        logOdds: candidates.map(() => BASE),
        because: () => `Where a face at distance ${SUPPORT_REACH} starts, with nobody else near.`,
      },
      { name: 'nearest face', logOdds: against(1), because: (i) => `The nearest face is at distance ${distance(i).toFixed(2)}.` },
      { name: 'mean of nearest', logOdds: against(2), because: (i) => sayMean(candidates[i]!.distances.length, features[i]![2]) },
      {
        name: 'centre',
        logOdds: against(3, 4),
        because: (i) => `The mean of all faces of the person is at ${candidates[i]!.centreDistance.toFixed(2)}.`,
      },
      { name: 'next person', logOdds: against(5), because: (i) => sayNext(distance(i), features[i]![5]) },
      { name: 'number of faces', logOdds: against(6, 7), because: (i) => sayNumber(candidates[i]!.confirmedFaces) },
      {
        name: 'strangers',
        logOdds: against(8),
        because: (i) => sayStrangers('this face', candidates[i]!.strangerDistance),
      },
      {
        name: 'set aside',
        logOdds: candidates.map(againstRival),
        because: (i) => `A face that is not this person, as somebody said, is at ${candidates[i]!.rivalDistance!.toFixed(2)}.`,
      },
      {
        name: 'strangers of the nearest face',
        logOdds: against(9, 10),
        because: (i) => sayStrangers("the person's nearest face", candidates[i]!.nearestFaceStrangerDistance),
      },
    ];
  },
};

/** Whom the rival shows is one more that the face could be: "none of them" grows by as much. */
function againstRival({ rivalDistance, distances, strangerDistance }: PersonEvidence): number | null {
  if (rivalDistance === null) return null;
  return -Math.log1p(Math.exp(logOddsOfOneFace(rivalDistance, { next: distances[0], strangerDistance })));
}

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

function sayStrangers(whose: string, distance: number): string {
  return `The strangers nearest to ${whose} are at ${distance.toFixed(2)}; ${TYPICAL_STRANGER_DISTANCE.toFixed(2)} is usual.`;
}
