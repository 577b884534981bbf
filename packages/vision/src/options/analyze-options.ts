import type { DlibRect, FaceBox } from '../face-box.ts';
import type { RgbImage } from '../rgb-image.ts';
import { checkMaxPixels } from './decode-options.ts';
import { abortSignal, callback, flag, listOf, optionsOf, that } from './option-checks.ts';

export interface AnalyzeOptions {
  /** Embed exactly these boxes, in dlib's convention, instead of detecting. */
  boxes?: FaceBox[];
  /** Also encode a crop of each face; default false. */
  crops?: boolean;
  /** Largest image in pixels; default 120 million. */
  maxPixels?: number;
  signal?: AbortSignal;
}

export interface AnalyzePixelsOptions {
  /** Embed exactly these boxes, in dlib's convention, instead of detecting. */
  boxes?: FaceBox[];
  /** Encodes a crop of each face; without it crops are null. */
  cropFace?: (image: RgbImage, rect: DlibRect) => Promise<Uint8Array>;
  signal?: AbortSignal;
}

/** Boxes may come out of a detection with more to them. */
const boxes = listOf(that(isFaceBox, 'whole pixels x, y, width and height of a positive size'));

/** @throws InvalidInputError */
export const checkAnalyzeOptions = optionsOf<AnalyzeOptions>({
  boxes,
  crops: flag,
  maxPixels: checkMaxPixels,
  signal: abortSignal,
});

/** @throws InvalidInputError */
export const checkAnalyzePixelsOptions = optionsOf<AnalyzePixelsOptions>({ boxes, cropFace: callback, signal: abortSignal });

function isFaceBox(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y, width, height } = value as Record<string, unknown>;
  return [x, y, width, height].every(Number.isInteger) && Number(width) > 0 && Number(height) > 0;
}
