import type { Landmark } from '../landmark.ts';
import { type ChipShape, checkChip } from '../options/chip-options.ts';
import { DLIB_CHIP, templatePoints } from './chip-shape.ts';
import { findSimilarityTransform } from './similarity-transform.ts';

/** A rotated square of the image that becomes the face chip. */
export interface FaceChipRect {
  centerX: number;
  centerY: number;
  /** Side in pixels of the image. */
  size: number;
  /** Radians, clockwise on screen (y points down). */
  angle: number;
}

/**
 * The square of the image that, turned upright and scaled to the chip, brings the landmarks closest to where the chip has them.
 *
 * @example
 * ```ts
 * const { size, angle } = findFaceChipRect(found.landmarks);
 * console.log(`${Math.round(size)} pixels wide, turned by ${Math.round((angle * 180) / Math.PI)} degrees`);
 * ```
 */
export function findFaceChipRect(landmarks: readonly Landmark[], chip: ChipShape = DLIB_CHIP): FaceChipRect {
  checkChip(chip, 'chip');
  const { size } = chip;
  const { a, b, shiftX, shiftY } = findSimilarityTransform(templatePoints(chip).flat(), landmarks.flat());
  const middle = size / 2;
  return {
    centerX: a * middle - b * middle + shiftX,
    centerY: b * middle + a * middle + shiftY,
    size: size * Math.hypot(a, b),
    angle: Math.atan2(b, a),
  };
}
