import { abortSignal, optionsOf, wholeNumber } from './option-checks.ts';

export interface DecodeOptions {
  /** Largest image in pixels; default 120 million. */
  maxPixels?: number;
  signal?: AbortSignal;
}

export const checkMaxPixels = wholeNumber(1);

/** @throws InvalidInputError */
export const checkDecodeOptions = optionsOf<DecodeOptions>({ maxPixels: checkMaxPixels, signal: abortSignal });
