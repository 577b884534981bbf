/** How often a person was seen under some circumstances, and how often anybody was. */
export interface Count {
  readonly seen: number;
  readonly all: number;
}

/** What was seen under wider circumstances counts as so many sightings under narrower ones: one photo alone proves little. */
const PSEUDO_COUNT = 3;

/**
 * Log-odds that the circumstances of a photo add for a person: the natural logarithm of how many times more often the person is seen
 * under them than usual. `narrowing`: the counts from the widest circumstances to the narrowest; each is smoothed by the one before it
 * (a Laplace prior), so that where little was seen nearly nothing is said. null for a person who was never seen.
 */
export function logLift(usual: Count, narrowing: readonly Count[]): number | null {
  if (usual.seen === 0) return null;
  const base = usual.seen / usual.all;
  const share = narrowing.reduce((wider, { seen, all }) => (seen + PSEUDO_COUNT * wider) / (all + PSEUDO_COUNT), base);
  return Math.log(share / base);
}
