/** What a confidence turned out to be worth in a library. */
export interface CalibratedConfidence {
  /** What the ranking says, 0 to 1. */
  claimed: number;
  /** What it is worth from now on: near the claim until enough faces are confirmed. */
  worth: number;
  /** Where that lies with a chance of 90 %. */
  interval: { low: number; high: number };
}

export interface LearnedCalibration {
  /** Confirmed faces that it was learned from. */
  facesTried: number;
  /** Share of the faces without a name whose person has one, as far as they look like the confirmed ones; null when nothing was learned. */
  knownShare: number | null;
  /** Some confidences, ascending. */
  confidences: CalibratedConfidence[];
}
