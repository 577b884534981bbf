import type { DlibRect } from '../face-box.ts';
import type { Landmark } from '../landmark.ts';
import type { RgbImage } from '../rgb-image.ts';
import { DLIB_CHIP } from './chip-shape.ts';
import { cutFaceChip } from './cut-face-chip.ts';
import { predictLandmarks } from './predict-landmarks.ts';
import type { ShapePredictor } from './shape-predictor-file.ts';

/** A face brought into the position that the embedding networks expect. */
export interface AlignedFace {
  /** dlib's five points in pixels of the image. */
  landmarks: Landmark[];
  /** 150 x 150 RGB bytes. */
  chip: Uint8Array;
}

/**
 * Finds the five landmarks of the face in `rect` and cuts out its chip.
 *
 * @example
 * ```ts
 * const [face] = await detectFaces(image, engine.detector);
 * if (face) console.log(alignFace(image, face.rect, engine.landmarks).landmarks); // five points: [[838, 363], …]
 * ```
 */
export function alignFace(image: RgbImage, rect: DlibRect, predictor: ShapePredictor): AlignedFace {
  const landmarks = predictLandmarks(image, rect, predictor);
  return { landmarks, chip: cutFaceChip(image, landmarks, DLIB_CHIP) };
}
