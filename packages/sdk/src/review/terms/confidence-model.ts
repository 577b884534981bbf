import { EVIDENCE_REACH, type PersonEvidence } from '../../evidence/person-evidence.ts';

/** L2 distances to the nearest face of the nearest person, and of the second; EVIDENCE_REACH where there is none. */
export type NearestTwo = readonly [first: number, second: number];

/** Of the nearest distance to each person. */
export function nearestTwo(distances: readonly number[]): NearestTwo {
  const [first = EVIDENCE_REACH, second = EVIDENCE_REACH] = distances.toSorted((a, b) => a - b);
  return [first, second];
}

/** The features of a person as a candidate, or the weights of these: same length, same order. */
export type FaceFeatures = readonly [
  constant: number,
  nearest: number,
  meanOfNearest: number,
  centre: number,
  centreOfFew: number,
  nextPerson: number,
  logFaces: number,
  inverseFaces: number,
  strangers: number,
  strangersOfNearest: number,
  nearestByStrangers: number,
];

/**
 * Fitted in November 2026 by bench/identity/fit-confidence.ts on 6,953 dlib embeddings of 2,848 people (Labeled Faces in the Wild), in
 * simulated libraries at every stage, from one named face to everybody confirmed. Each half of the people tried with weights fitted on
 * the other: of what is applied from 0.95 on 96.9 to 100 % is right in libraries with few named people, 99.7 to 100 % later; 0.90 to
 * 0.94 of the known faces are covered at 99.5 % precision once half of them are confirmed; expected calibration error 0.001 to 0.015.
 */
export const FACE_WEIGHTS: FaceFeatures = [-5.99, -23.39, 8.25, -60.44, 11.36, 4.75, 0.91, -0.96, 26.87, 34.76, 0.21];

/** Its place among the features. */
const NEXT_PERSON = 5;

/**
 * What the face alone says about each person, as numbers:
 * - the L2 distance to the person's nearest confirmed face, the mean over the nearest few, and that to the mean of all of them, which
 *   says the less the fewer they are;
 * - the distance to the nearest face of anybody else: a face that is near to two people is neither's for certain;
 * - the logarithm of the person's number of faces, and its inverse: the more there are, the closer the closest one is by chance;
 * - how far strangers are from the face, and from the person's nearest face: where everybody is near, a small distance says little.
 */
export function faceFeatures(
  evidence: readonly PersonEvidence[],
  [first, second]: NearestTwo = nearestTwo(evidence.map(({ distances }) => distances[0])),
): FaceFeatures[] {
  return evidence.map((person) => {
    const { distances, confirmedFaces, centreDistance, strangerDistance, nearestFaceStrangerDistance } = person;
    const [nearest] = distances;
    const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
    return [
      1,
      nearest,
      mean,
      centreDistance,
      centreDistance / confirmedFaces,
      nearest === first ? second : first,
      Math.log(confirmedFaces),
      1 / confirmedFaces,
      strangerDistance,
      nearestFaceStrangerDistance,
      nearest / nearestFaceStrangerDistance,
    ];
  });
}

/**
 * Log-odds, against "none of them", that a face is whom another face shows: judged like a person of whom that one face is known, among
 * the same strangers. Also beyond EVIDENCE_REACH, where they go on falling.
 *
 * @param distance L2, between the two
 * @param next L2, to the nearest face of anybody else
 */
export function logOddsOfOneFace(
  distance: number,
  { next, strangerDistance }: { next: number; strangerDistance: number },
): number {
  const [face] = faceFeatures([
    {
      personId: '',
      nearestFaceId: '',
      distances: [distance],
      supportingFaces: 1,
      confirmedFaces: 1,
      centreDistance: distance,
      rivalDistance: null,
      strangerDistance,
      nearestFaceStrangerDistance: strangerDistance,
    },
  ]);
  return face!.with(NEXT_PERSON, next).reduce((sum, value, i) => sum + value * FACE_WEIGHTS[i]!, 0);
}
