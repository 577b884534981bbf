import type { BoxMap } from '../options/box-map.ts';
import type { MmodOptions } from '../options/detector-options.ts';
import type { InferenceSession } from '../runtime/inference-runtime.ts';
import type { Detection, FaceDetector } from './face-detector.ts';
import { scaleDetection } from './scale-detection.ts';
import { shrinkImage } from './shrink-image.ts';
import { suppressOverlaps } from './suppress-overlaps.ts';

const DEFAULT_MAX_SIDE = 1280;
const DEFAULT_THRESHOLD = 0.5;

/** Side of the faces that the network knows; others are found at other levels of an image pyramid. */
const WINDOW_SIDE = 80;
/** Each level of the pyramid is 5/6 as large as the one before, as dlib trained it. */
const LEVEL_SCALE = 5 / 6;
/** Three unpadded 5 x 5 convolutions of stride 2: cell i looks at pixel 8 i + 14. */
const CELL_STRIDE = 8;
const CELL_OFFSET = 14;
/** From the options stored in dlib's model file. */
const MAX_IOU = 0.338;

/** dlib's two detectors draw a face alike: over 19 faces a fitted map brought embeddings no closer (0.052) than none (0.050). */
const SAME_BOX: BoxMap = { centerShiftX: 0, centerShiftY: 0, side: 1 };

export function mmodDetector(session: InferenceSession, weightsSha256: string, options: MmodOptions): FaceDetector {
  const { maxSide = DEFAULT_MAX_SIDE, threshold = DEFAULT_THRESHOLD } = options;
  return {
    name: 'mmod',
    boxMap: SAME_BOX,
    provenance: { detector: 'mmod', detectorSha256: weightsSha256, detectorMaxSide: maxSide, detectorThreshold: threshold },
    async detect(image) {
      const detections: Detection[] = [];
      let level = shrinkImage(image, maxSide);
      while (Math.min(level.width, level.height) >= WINDOW_SIDE) {
        const dimensions = [1, level.height, level.width, 3];
        const { scores } = await session.run({ image: { data: level.data, dimensions } });
        for (const found of decodeScores(scores!.data, scores!.dimensions[3]!, threshold)) {
          detections.push(scaleDetection(found, image.width / level.width, image.height / level.height));
        }
        level = shrinkImage(level, Math.round(Math.max(level.width, level.height) * LEVEL_SCALE));
      }
      return suppressOverlaps(detections, MAX_IOU);
    },
    close: () => session.close(),
  };
}

function decodeScores(scores: Float32Array, columns: number, threshold: number): Detection[] {
  const detections: Detection[] = [];
  scores.forEach((raw, cell) => {
    const score = 1 / (1 + Math.exp(-raw));
    if (score < threshold) return;
    const left = (cell % columns) * CELL_STRIDE + CELL_OFFSET - WINDOW_SIDE / 2;
    const top = Math.floor(cell / columns) * CELL_STRIDE + CELL_OFFSET - WINDOW_SIDE / 2;
    detections.push({ box: { left, top, right: left + WINDOW_SIDE, bottom: top + WINDOW_SIDE }, score });
  });
  return detections;
}
