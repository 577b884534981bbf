import type { Calibration } from './calibration/calibration.ts';
import type { ReadyTerm } from './terms/ranking-term.ts';

/** How people are ranked in a library as it is now. */
export interface Ranking {
  readonly terms: readonly ReadyTerm[];
  readonly calibrations: Calibrations;
}

/** What confidences are worth; null: they are taken at their word. */
export interface Calibrations {
  /** Those by the face terms alone. */
  readonly byFace: Calibration | null;
  /** Those by all terms. */
  readonly byAll: Calibration | null;
}

export const UNCALIBRATED: Calibrations = { byFace: null, byAll: null };
