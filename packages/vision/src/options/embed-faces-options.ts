import { checkMaxPixels } from './decode-options.ts';
import { abortSignal, optionsOf } from './option-checks.ts';

export interface EmbedFacesOptions {
  /** Largest image in pixels; default 120 million. */
  maxPixels?: number;
  signal?: AbortSignal;
}

/** @throws InvalidInputError */
export const checkEmbedFacesOptions = optionsOf<EmbedFacesOptions>({ maxPixels: checkMaxPixels, signal: abortSignal });
