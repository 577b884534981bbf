import { CHIP_SIZE } from '../align/chip-shape.ts';
import type { Landmark } from '../landmark.ts';

/** What later decisions may weigh a face by; nothing is discarded because of it. A type and not an interface, so that it fits records of numbers. */
export type FaceQuality = {
  /** Side of the face's square in pixels of the photo; below about 40 the embedding becomes unreliable. */
  sizePixels: number;
  /** The detector's confidence, 0..1. */
  score: number;
  /** Variance of the Laplacian of the chip's brightness, 0 (flat) to some thousands; below about 20 the face is blurred. */
  sharpness: number;
  /** Mean brightness of the chip, 0 (black) to 255 (white). */
  brightness: number;
  /** Turn of the head, -90..90 degrees, positive towards the right of the image; an estimate from five points, good to some 10 degrees. */
  yawDegrees: number;
  /** Tilt of the eye line, -180..180 degrees, positive when the eye on the image's right is lower. */
  rollDegrees: number;
};

/** How far the base of the nose stands out before the middle of the eyes, in distances between the eyes' centres. */
const NOSE_DEPTH = 0.45;

/**
 * Measures one face from its landmarks (pixels of the photo) and its aligned chip.
 *
 * @example
 * ```ts
 * const chip = extractFaceChip(image, findFaceChipRect(found.landmarks));
 * const { sharpness, yawDegrees } = measureFaceQuality(found.landmarks, chip, found.box.width, found.score);
 * ```
 */
export function measureFaceQuality(
  landmarks: readonly Landmark[],
  chip: Uint8Array,
  sizePixels: number,
  score: number,
): FaceQuality {
  const luma = chipLuma(chip);
  return {
    sizePixels,
    score,
    sharpness: laplacianVariance(luma),
    brightness: luma.reduce((sum, value) => sum + value, 0) / luma.length,
    ...estimatePose(landmarks),
  };
}

function estimatePose(landmarks: readonly Landmark[]): { yawDegrees: number; rollDegrees: number } {
  const [rightOuter, rightInner, leftOuter, leftInner, nose] = landmarks as [Landmark, Landmark, Landmark, Landmark, Landmark];
  const right = [(rightOuter[0] + rightInner[0]) / 2, (rightOuter[1] + rightInner[1]) / 2] as const;
  const left = [(leftOuter[0] + leftInner[0]) / 2, (leftOuter[1] + leftInner[1]) / 2] as const;
  const acrossX = right[0] - left[0];
  const acrossY = right[1] - left[1];
  const eyeDistanceSquared = acrossX ** 2 + acrossY ** 2;
  const fromMiddleX = nose[0] - (right[0] + left[0]) / 2;
  const fromMiddleY = nose[1] - (right[1] + left[1]) / 2;
  // The eyes' distance shrinks with the cosine of the turn and the nose moves with its sine: their ratio is a tangent.
  const noseShift = eyeDistanceSquared ? (fromMiddleX * acrossX + fromMiddleY * acrossY) / eyeDistanceSquared : 0;
  return { yawDegrees: toDegrees(Math.atan(noseShift / NOSE_DEPTH)), rollDegrees: toDegrees(Math.atan2(acrossY, acrossX)) };
}

/** Rec. 601 luma, one value a pixel. */
function chipLuma(chip: Uint8Array): Float32Array {
  const luma = new Float32Array(chip.length / 3);
  for (let i = 0; i < luma.length; i++) luma[i] = 0.299 * chip[3 * i]! + 0.587 * chip[3 * i + 1]! + 0.114 * chip[3 * i + 2]!;
  return luma;
}

function laplacianVariance(luma: Float32Array): number {
  let sum = 0;
  let sumOfSquares = 0;
  for (let y = 1; y < CHIP_SIZE - 1; y++) {
    for (let x = 1; x < CHIP_SIZE - 1; x++) {
      const i = y * CHIP_SIZE + x;
      const value = luma[i - 1]! + luma[i + 1]! + luma[i - CHIP_SIZE]! + luma[i + CHIP_SIZE]! - 4 * luma[i]!;
      sum += value;
      sumOfSquares += value * value;
    }
  }
  const count = (CHIP_SIZE - 2) ** 2;
  return Math.max(0, sumOfSquares / count - (sum / count) ** 2);
}

function toDegrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
