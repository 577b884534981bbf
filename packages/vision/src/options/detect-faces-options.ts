import { MOST_SIDE } from './detector-options.ts';
import { abortSignal, nullOr, numberFrom, optionsOf } from './option-checks.ts';

export interface DetectFacesOptions {
  /** Also search closely enough for faces of this many pixels; null (the default): once over the whole photo. */
  minFace?: number | null;
  /** Ends a close search between two looks. */
  signal?: AbortSignal;
}

/** Smaller than 8 pixels a face is no more than a blot. */
export const checkMinFace = nullOr(numberFrom(8, MOST_SIDE));

/** @throws InvalidInputError */
export const checkDetectFacesOptions = optionsOf<DetectFacesOptions>({ minFace: checkMinFace, signal: abortSignal });
