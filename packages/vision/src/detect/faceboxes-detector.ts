import type { RgbImage } from '../rgb-image.ts';
import type { InferenceSession } from '../runtime/inference-runtime.ts';
import { decodeFaceBoxes } from './decode-faceboxes.ts';
import type { BoxMap, Detection, FaceDetector } from './face-detector.ts';
import { shrinkImage } from './shrink-image.ts';
import { suppressOverlaps } from './suppress-overlaps.ts';

/**
 * Longer side, in pixels, of the copy that is searched. 1024 finds every face of everyday photos (298 of 298 on 73 of them);
 * in crowds 1024 found 106 of 430 faces and 2048 found 422, for four times the work.
 */
export const DEFAULT_MAX_SIDE = 1024;

/** Least score of a face. At 0.5, 73 everyday photos with 298 faces gave 298 faces and 2 false ones. */
export const DEFAULT_THRESHOLD = 0.5;

/** Overlap above which two boxes are one face; the value that FaceBoxes was published with. */
const MAX_IOU = 0.3;

/** The network halves its input seven times. */
const INPUT_MULTIPLE = 128;

/** Fitted on faces that dlib's detector found too; brings embeddings within a mean distance of 0.043 of dlib's own (502 faces). */
const FACEBOXES_TO_DLIB: BoxMap = { centerShiftX: -0.05, centerShiftY: 0.041, side: 0.954 };

export interface FaceBoxesOptions {
  maxSide?: number;
  threshold?: number;
}

/** The FaceBoxes network on any runtime. */
export function faceBoxesDetector(
  session: InferenceSession,
  weightsSha256: string,
  options: FaceBoxesOptions = {},
): FaceDetector {
  const { maxSide = DEFAULT_MAX_SIDE, threshold = DEFAULT_THRESHOLD } = options;
  return {
    name: 'faceboxes',
    boxMap: FACEBOXES_TO_DLIB,
    provenance: { detector: 'faceboxes', detectorSha256: weightsSha256, detectorMaxSide: maxSide, detectorThreshold: threshold },
    async detect(image) {
      const small = shrinkImage(image, maxSide);
      const input = padToMultiple(small);
      const dimensions = [1, input.height, input.width, 3];
      const outputs = await session.run({ image: { data: input.data, dimensions } });
      const detections = suppressOverlaps(decodeFaceBoxes(outputs, input, threshold), MAX_IOU);
      return detections.map((detection) => scaleDetection(detection, image.width / small.width, image.height / small.height));
    },
    close: () => session.close(),
  };
}

/** Adds black at the right and the bottom, as the published graph does. */
function padToMultiple({ data, width, height }: RgbImage): RgbImage {
  const paddedWidth = Math.ceil(width / INPUT_MULTIPLE) * INPUT_MULTIPLE;
  const paddedHeight = Math.ceil(height / INPUT_MULTIPLE) * INPUT_MULTIPLE;
  if (paddedWidth === width && paddedHeight === height) return { data, width, height };
  const padded = new Uint8Array(paddedWidth * paddedHeight * 3);
  for (let y = 0; y < height; y++) padded.set(data.subarray(y * width * 3, (y + 1) * width * 3), y * paddedWidth * 3);
  return { data: padded, width: paddedWidth, height: paddedHeight };
}

function scaleDetection({ box, score }: Detection, scaleX: number, scaleY: number): Detection {
  return {
    box: { left: box.left * scaleX, top: box.top * scaleY, right: box.right * scaleX, bottom: box.bottom * scaleY },
    score,
  };
}
