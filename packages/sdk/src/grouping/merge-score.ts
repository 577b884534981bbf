/**
 * How far faces of one person may lie apart, learned from which groups of Labeled Faces in the Wild are one person
 * (bench/identity/compare-groupings.ts; a logistic fit over candidate pairs at eight cuts of average linkage, November 2026).
 *
 * The odds of a pair rise with the crowding, since the same distance means less where everybody is near, and with the size of the
 * larger group: a group of many is spread, so all that belongs to it lies further from its faces. The size of the smaller one adds
 * nothing. The constant is half a unit below the fit's: a wrong face in a group costs more than one that is asked about by itself.
 */
const WEIGHTS = { constant: 47.06, distance: -58.46, logCrowding: 38.53, logSize: 1.15 } as const;

/** The largest size that the fit knew; a group that is twice as large is no more spread. */
const LARGEST_SIZE = 150;

/** Of strangers, the nearest ones may be the same person after all, seen otherwise: they are left out of the crowding. */
export const CROWDING_FROM = 10;
export const CROWDING_TO = 30;
/**
 * L2 distance below which nobody is a stranger: the parts of a person who is there a thousand times are each other's nearest, and
 * would pass for a crowd. From 0.48 to 0.5 the groups are the same, those of ordinary people as without it (November 2026).
 */
export const NEAREST_STRANGER = 0.49;

/** Mean logarithm of the crowding in the fit: for libraries of so few people that there is no crowd. */
export const USUAL_LOG_CROWDING = -0.49;
/** The loosest that the fit knew (its 95th percentile): where nobody is near, a far face still is somebody else. */
const LOOSEST_LOG_CROWDING = -0.42;

/** L2 distance below which two faces are of one person nearly always (98 % of the pairs in the fit); in crowds it is less than that. */
export const SURE_DISTANCE = 0.46;

/**
 * Log-odds that two groups are one person.
 * @param squared mean squared L2 distance between their faces
 * @param logCrowding mean of both groups' logarithm of the distance to their nearest strangers
 * @param size faces of the larger one
 */
export function mergeScore(squared: number, logCrowding: number, size: number): number {
  const { constant, distance, logCrowding: crowding, logSize } = WEIGHTS;
  return (
    constant +
    distance * Math.sqrt(squared) +
    crowding * Math.min(logCrowding, LOOSEST_LOG_CROWDING) +
    logSize * Math.log(Math.min(size, LARGEST_SIZE))
  );
}
