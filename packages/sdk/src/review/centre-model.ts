import { logOddsOf, probabilities } from './terms/conditional-logit.ts';

/** How near a face is to one person's centre, the mean of the person's confirmed faces. */
export interface CentreDistance {
  /** L2 distance. */
  readonly distance: number;
  /** Confirmed faces that the centre is the mean of. */
  readonly faces: number;
}

/** L2 distance beyond which another person's centre takes nothing away from the nearest one. */
const CENTRE_REACH = 0.8;

/** The features of a person as a candidate, or the weights of these: same length, same order. */
export type CentreFeatures = readonly [
  constant: number,
  centre: number,
  nextCentre: number,
  inverseFaces: number,
  inverseFacesSquared: number,
];

/** Fitted like FACE_WEIGHTS, on the same trials. Children grow away from the centre of their faces. */
export const CENTRE_WEIGHTS: CentreFeatures = [17.67, -53.6, 12.51, -2.15, 3.53];

/**
 * Faces whose estimate is below are left unknown without a closer look. Of the known faces of held-out people 96.8 to 100 % lie above
 * twice that, and of the strangers fewer than 1 % with one person named, 59 % at most with everybody confirmed.
 */
export const ESTIMATE_FLOOR = 0.01;

/**
 * A person as a candidate by the person's centre alone. The mean of few faces is a poor centre, which their number corrects for; the
 * more there are, the less one more matters. `nearest` holds the nearest centres, ascending by distance.
 */
export function centreFeatures(nearest: readonly CentreDistance[]): CentreFeatures[] {
  return nearest.map(({ distance, faces }, place) => {
    const next = nearest[place === 0 ? 1 : 0]?.distance ?? CENTRE_REACH;
    return [1, distance, Math.min(next, CENTRE_REACH), 1 / faces, 1 / faces ** 2];
  });
}

/**
 * An estimate of the confidence that looking at every confirmed face would give, for the nearest centre first: a hundred times
 * cheaper, and good enough to say which faces to look at.
 */
export function estimateConfidence(nearest: readonly CentreDistance[]): number {
  return probabilities(logOddsOf(centreFeatures(nearest), CENTRE_WEIGHTS))[0] ?? 0;
}
