import { InvalidInputError } from '../errors.ts';

/** Below 128 pixels nothing is found, above 8192 one search takes gigabytes. */
const SIDE_RANGE = { least: 128, most: 8192 };

/** Smaller than this a face is no more than a blot. */
const LEAST_MIN_FACE = 8;

/** @throws InvalidInputError */
export function checkMinFace(minFace: number | null): void {
  if (minFace !== null && !(minFace >= LEAST_MIN_FACE && minFace <= SIDE_RANGE.most)) {
    throw new InvalidInputError(`Expected ${LEAST_MIN_FACE} to ${SIDE_RANGE.most} pixels for minFace but received ${minFace}.`);
  }
}

/** @throws InvalidInputError */
export function checkDetectorOptions({ maxSide, threshold }: { maxSide?: number; threshold?: number }): void {
  const { least, most } = SIDE_RANGE;
  if (maxSide !== undefined && !(Number.isInteger(maxSide) && maxSide >= least && maxSide <= most)) {
    throw new InvalidInputError(`Expected whole pixels from ${least} to ${most} for detector.maxSide but received ${maxSide}.`);
  }
  if (threshold !== undefined && !(threshold > 0 && threshold < 1)) {
    throw new InvalidInputError(`Expected a number between 0 and 1 for detector.threshold but received ${threshold}.`);
  }
}
