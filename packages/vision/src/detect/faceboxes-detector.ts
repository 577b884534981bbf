import type { BoxMap } from '../options/box-map.ts';
import type { FaceBoxesOptions } from '../options/detector-options.ts';
import type { InferenceSession } from '../runtime/inference-runtime.ts';
import { decodeFaceBoxes } from './decode-faceboxes.ts';
import type { FaceDetector } from './face-detector.ts';
import { padToMultiple } from './pad-image.ts';
import { scaleDetection } from './scale-detection.ts';
import { shrinkImage } from './shrink-image.ts';
import { suppressOverlaps } from './suppress-overlaps.ts';

/**
 * Longer side, in pixels, of the copy that is searched. 1024 finds every face of everyday photos (298 of 298 on 73 of them);
 * in crowds 1024 found 106 of 430 faces and 2048 found 422, for four times the work (`minFace` finds small faces in bounded memory).
 */
export const DEFAULT_MAX_SIDE = 1024;

/** Least score of a face. At 0.5, 73 everyday photos with 298 faces gave 298 faces and 2 false ones. */
export const DEFAULT_THRESHOLD = 0.5;

/** Overlap above which two boxes are one face; the value that FaceBoxes was published with. */
const MAX_IOU = 0.3;

/** The network halves its input seven times. */
const INPUT_MULTIPLE = 128;

/** How boxes as annotated in WIDER FACE lie to dlib's. Fitted with FaceBoxes on faces that dlib's detector found too; brings embeddings within a mean distance of 0.043 of dlib's own (502 faces). */
export const WIDER_FACE_TO_DLIB: BoxMap = { centerShiftX: -0.05, centerShiftY: 0.041, side: 0.954 };

/** The FaceBoxes network on any runtime. */
export function faceBoxesDetector(
  session: InferenceSession,
  weightsSha256: string,
  options: FaceBoxesOptions = {},
): FaceDetector {
  const { maxSide = DEFAULT_MAX_SIDE, threshold = DEFAULT_THRESHOLD } = options;
  return {
    name: 'faceboxes',
    boxMap: WIDER_FACE_TO_DLIB,
    provenance: { detector: 'faceboxes', detectorSha256: weightsSha256, detectorMaxSide: maxSide, detectorThreshold: threshold },
    async detect(image) {
      const small = shrinkImage(image, maxSide);
      const input = padToMultiple(small, INPUT_MULTIPLE);
      const dimensions = [1, input.height, input.width, 3];
      const outputs = await session.run({ image: { data: input.data, dimensions } });
      const detections = suppressOverlaps(decodeFaceBoxes(outputs, input, threshold), MAX_IOU);
      return detections.map((detection) => scaleDetection(detection, image.width / small.width, image.height / small.height));
    },
    close: () => session.close(),
  };
}
