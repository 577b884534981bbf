/** Log-odds at which a calibration is known: evenly from there on, and straight lines between. */
const LOWEST = -6;
const STEP = 0.3;
const POINTS = 61;
const HIGHEST = LOWEST + (POINTS - 1) * STEP;
/** Log-odds beyond the highest count by as much: there what the library showed hardly says more. */
const BEYOND = 0.1;

/** Log-odds within which confidences tell about each other. */
const AROUND = 0.5;
/** As many faces as the fit that photoorg comes with counts for at each point. */
export const SHIPPED_FACES = 8;
/** Two-sided 90 %. */
const NORMAL_QUANTILE = 1.645;

/** What a confidence is worth in a library, by what its own confirmed faces showed. */
export interface Calibration {
  /** Log-odds of what is right where the ranking claims the log-odds of POINTS: increasing. */
  readonly logOdds: readonly number[];
  /** How many faces each of them rests on, those of the shipped fit included. */
  readonly faces: readonly number[];
}

/** The log-odds at which a calibration is known. */
export const CALIBRATED_AT: readonly number[] = Array.from({ length: POINTS }, (_, i) => LOWEST + i * STEP);

/** Those of the shipped fit within AROUND of a point. */
export function facesOfShippedFit(): number {
  return (SHIPPED_FACES * 2 * AROUND) / STEP;
}

export function isAround(logOdds: number, point: number): boolean {
  return Math.abs(logOdds - point) <= AROUND;
}

export function logOddsOfProbability(probability: number): number {
  return Math.log(probability) - Math.log1p(-probability);
}

export function probabilityOfLogOdds(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** The probability that a claimed one is worth: an increasing function. Without a calibration it is taken at its word. */
export function calibrate(calibration: Calibration | null, claimed: number): number {
  if (!calibration || claimed <= 0 || claimed >= 1) return claimed;
  const { logOdds } = calibration;
  const value = logOddsOfProbability(claimed);
  if (value <= LOWEST) return probabilityOfLogOdds(logOdds[0]! + value - LOWEST);
  if (value >= HIGHEST) return probabilityOfLogOdds(logOdds[POINTS - 1]! + BEYOND * (value - HIGHEST));
  const place = (value - LOWEST) / STEP;
  const below = Math.floor(place);
  const share = place - below;
  return probabilityOfLogOdds((1 - share) * logOdds[below]! + share * logOdds[below + 1]!);
}

/**
 * Of the people that a face could be, whose claimed probabilities add up to 1 at most: the likeliest by the calibration, the others share
 * what is left as before. None becomes likelier than the likeliest.
 */
export function calibrateAll(calibration: Calibration | null, claimed: readonly number[]): readonly number[] {
  const highest = Math.max(0, ...claimed);
  if (!calibration || highest === 0 || highest === 1) return claimed;
  const worth = calibrate(calibration, highest);
  const left = (1 - worth) / (1 - highest);
  return claimed.map((probability) => (probability === highest ? worth : Math.min(worth, probability * left)));
}

/** Probabilities. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Where the true probability lies with a chance of 90 %, by Wilson's score interval (Journal of the American Statistical Association 22,
 * 1927) for as many faces as stand behind the claim. `confidence`: what the claim is worth.
 */
export function intervalAround(calibration: Calibration | null, claimed: number, confidence: number): Interval {
  if (claimed <= 0 || claimed >= 1) return { low: confidence, high: confidence };
  const point = Math.min(POINTS - 1, Math.max(0, Math.round((logOddsOfProbability(claimed) - LOWEST) / STEP)));
  const square = NORMAL_QUANTILE ** 2 / (calibration?.faces[point] ?? facesOfShippedFit());
  const centre = (confidence + square / 2) / (1 + square);
  const reach = Math.sqrt(square * (confidence * (1 - confidence) + square / 4)) / (1 + square);
  return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}
