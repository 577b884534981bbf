import { checkChip } from '../options/embedder-options.ts';
import type { Landmark } from './predict-landmarks.ts';
import { findSimilarityTransform } from './similarity-transform.ts';

/** Side of the square face chip in pixels, as dlib's network takes it. */
export const CHIP_SIZE = 150;

/** Part of the chip's inner square left free on each side, as Python face_recognition and dlib's example choose it. */
export const CHIP_PADDING = 0.25;

/** A square picture of an upright face. */
export interface ChipShape {
  /** Side in pixels. */
  size: number;
  /** Room around dlib's mean face on each side, relative to that face. */
  padding: number;
}

export const DLIB_CHIP: ChipShape = { size: CHIP_SIZE, padding: CHIP_PADDING };

/** A rotated square of the image that becomes the face chip. */
export interface FaceChipRect {
  centerX: number;
  centerY: number;
  /** Side in pixels of the image. */
  size: number;
  /** Radians, clockwise on screen (y points down). */
  angle: number;
}

// Where dlib's mean face has the five points, in the order of the predictor, relative to the unpadded chip:
// http://dlib.net/dlib/image_transforms/interpolation.h.html (get_face_chip_details)
const MEAN_FACE = [
  [0.8595674595992, 0.2134981538014],
  [0.6460604764104, 0.2289674387677],
  [0.1205750620789, 0.2137274526848],
  [0.3340850613712, 0.2290642403242],
  [0.4901123135679, 0.6277975316475],
] as const;

/** The square of the image that, turned upright and scaled to the chip, brings the landmarks closest to dlib's mean face. */
export function findFaceChipRect(landmarks: readonly Landmark[], chip: ChipShape = DLIB_CHIP): FaceChipRect {
  checkChip(chip, 'chip');
  const { size, padding } = chip;
  const meanFaceInChip = MEAN_FACE.flatMap((point) =>
    point.map((coordinate) => ((padding + coordinate) / (2 * padding + 1)) * size),
  );
  const { a, b, shiftX, shiftY } = findSimilarityTransform(meanFaceInChip, landmarks.flat());
  const middle = size / 2;
  return {
    centerX: a * middle - b * middle + shiftX,
    centerY: b * middle + a * middle + shiftY,
    size: size * Math.hypot(a, b),
    angle: Math.atan2(b, a),
  };
}
