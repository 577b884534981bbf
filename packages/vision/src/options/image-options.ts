import type { AnalyzeOptions } from '../analyze-faces.ts';
import type { AnalyzePixelsOptions } from '../analyze-pixels.ts';
import type { DecodeOptions } from '../decode/decode-image.ts';
import type { DetectFacesOptions } from '../detect/detect-faces.ts';
import { minFace } from './engine-options.ts';
import { abortSignal, callback, flag, listOf, optionsOf, that, wholeNumber } from './option-checks.ts';

export const maxPixels = wholeNumber(1);

/** Boxes may come out of a detection with more to them. */
const boxes = listOf(that(isFaceBox, 'whole pixels x, y, width and height of a positive size'));

export const checkDecodeOptions = optionsOf<DecodeOptions>({ maxPixels, signal: abortSignal });
export const checkDetectOptions = optionsOf<DetectFacesOptions>({ minFace, signal: abortSignal });
export const checkAnalyzeOptions = optionsOf<AnalyzeOptions>({ boxes, crops: flag, maxPixels, signal: abortSignal });
export const checkAnalyzePixelsOptions = optionsOf<AnalyzePixelsOptions>({ boxes, cropFace: callback, signal: abortSignal });

function isFaceBox(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y, width, height } = value as Record<string, unknown>;
  return [x, y, width, height].every(Number.isInteger) && Number(width) > 0 && Number(height) > 0;
}
