import { type AnalyzedImage, analyzePixels } from './analyze-pixels.ts';
import { cropFace } from './crop/crop-face.ts';
import { withDecodedImage } from './decode/with-decoded-image.ts';
import type { FaceEngine } from './face-engine.ts';
import { type AnalyzeOptions, checkAnalyzeOptions } from './options/analyze-options.ts';
import type { ImageInput } from './rgb-image.ts';

/**
 * The whole pipeline on one image, in this thread.
 *
 * @throws ImageUnreadableError, ImageTooLargeError, InvalidInputError; the signal's reason when aborted between steps.
 * @example
 * ```ts
 * await using engine = await loadFaceEngine();
 * const { faces } = await analyzeFaces('holiday.jpg', engine, { crops: true });
 * ```
 */
export async function analyzeFaces(input: ImageInput, engine: FaceEngine, options: AnalyzeOptions = {}): Promise<AnalyzedImage> {
  checkAnalyzeOptions(options);
  const { boxes, crops = false, maxPixels, signal } = options;
  return withDecodedImage(input, { maxPixels, signal }, (image) =>
    analyzePixels(image, engine, { boxes, cropFace: crops ? cropFace : undefined, signal }),
  );
}
