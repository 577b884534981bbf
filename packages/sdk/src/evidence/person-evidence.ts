/**
 * How many of a person's nearest confirmed faces are looked at one by one. One alone is misled by a single wrong or blurred face:
 * with three, the same precision covers 87.5 % of the known faces instead of 84.9 %; five add nothing (bench/identity, held-out
 * people, November 2026).
 */
export const NEIGHBOURS_PER_PERSON = 3;

/**
 * L2 distance beyond which a face is evidence for nobody. dlib's own limit for "same person" is 0.6; 99.9 % of the known faces of
 * the evaluation set have one of their own person within 0.7 (bench/identity, November 2026).
 */
export const EVIDENCE_REACH = 0.7;

/** L2 distance up to which a confirmed face counts as support: dlib's limit for "same person". */
export const SUPPORT_REACH = 0.6;

/** What the confirmed faces of one person say about one probe. All distances are L2. */
export interface PersonEvidence {
  readonly personId: string;
  /** The confirmed face closest to the probe. */
  readonly nearestFaceId: string;
  /** From the probe to the person's nearest confirmed faces: ascending, one to NEIGHBOURS_PER_PERSON of them. */
  readonly distances: readonly [number, ...number[]];
  /** Confirmed faces of the person within SUPPORT_REACH of the probe. */
  readonly supportingFaces: number;
  /** Confirmed faces of the person that the probe was compared with. */
  readonly confirmedFaces: number;
  /** From the probe to the mean of those. */
  readonly centreDistance: number;
  /**
   * From the probe to the nearest face that was set aside as nobody's, or is not this person, as somebody said; null when there is none
   * within EVIDENCE_REACH.
   */
  readonly rivalDistance: number | null;
  /** From the probe to its nearest strangers, on average: others than the person, whether they have a name or not. See `Cohort`. */
  readonly strangerDistance: number;
  /** The same from the person's nearest confirmed face. */
  readonly nearestFaceStrangerDistance: number;
}
