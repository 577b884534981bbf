/** What is known around a face and speaks for people: when its photo was taken, who else is on it, and where that was. */
export type PriorName = 'shot time' | 'company' | 'place';

/** How much a prior counts: what the log-odds that the library's counts give are multiplied with. 0 counts nothing, 1 takes them at their word. */
export interface PriorWeight {
  /** Where they speak for a person. */
  for: number;
  /** Where they speak against one: being seldom seen somewhere proves little. */
  against: number;
}

export interface LearnedPrior {
  prior: PriorName;
  /** As it counted until now. */
  before: PriorWeight;
  /** As it counts from now on: near the one that photoorg comes with until enough faces are confirmed. */
  weight: PriorWeight;
  /** Confirmed faces for which it had something to say. */
  faces: number;
}

export interface LearnedPriors {
  /** Confirmed faces that it was learned from. */
  facesTried: number;
  priors: LearnedPrior[];
  /**
   * Mean natural logarithm of the probability that the ranking gave the truth, the nearer to 0 the better: by the face alone, with the
   * priors as they counted until now, and as they count from now on. null without confirmed faces.
   */
  logLikelihood: { faceAlone: number; before: number; after: number } | null;
}
