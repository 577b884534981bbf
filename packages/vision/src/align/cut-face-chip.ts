import type { Landmark } from '../landmark.ts';
import type { ChipShape } from '../options/chip-options.ts';
import type { RgbImage } from '../rgb-image.ts';
import { extractFaceChip } from './extract-face-chip.ts';
import { findFaceChipRect } from './face-chip-rect.ts';

/** Cuts the chip of a face out of the image by its landmarks. */
export function cutFaceChip(image: RgbImage, landmarks: readonly Landmark[], chip: ChipShape): Uint8Array {
  return extractFaceChip(image, findFaceChipRect(landmarks, chip), chip.size);
}
