import { type AnalyzedImage, analyzePixels } from './analyze-pixels.ts';
import { cropFace } from './crop/crop-face.ts';
import { withDecodedImage } from './decode/with-decoded-image.ts';
import type { FaceBox } from './face-box.ts';
import type { FaceEngine } from './face-engine.ts';
import { checkAnalyzeOptions } from './options/image-options.ts';
import type { ImageInput } from './rgb-image.ts';

export interface AnalyzeOptions {
  /** Embed exactly these boxes, in dlib's convention, instead of detecting. */
  boxes?: FaceBox[];
  /** Also encode a crop of each face; default false. */
  crops?: boolean;
  /** Largest image in pixels; default 120 million. */
  maxPixels?: number;
  signal?: AbortSignal;
}

/**
 * The whole pipeline on one image, in this thread.
 *
 * @throws ImageUnreadableError, ImageTooLargeError, InvalidInputError; the signal's reason when aborted between steps.
 */
export async function analyzeFaces(input: ImageInput, engine: FaceEngine, options: AnalyzeOptions = {}): Promise<AnalyzedImage> {
  checkAnalyzeOptions(options);
  const { boxes, crops = false, maxPixels, signal } = options;
  return withDecodedImage(input, { maxPixels, signal }, (image) =>
    analyzePixels(image, engine, { boxes, cropFace: crops ? cropFace : undefined, signal }),
  );
}
