import { cutOut } from '../cut-out.ts';
import { checkChipSize } from '../options/chip-options.ts';
import type { RgbImage } from '../rgb-image.ts';
import { CHIP_SIZE } from './chip-shape.ts';
import type { FaceChipRect } from './face-chip-rect.ts';
import { pyramidDown } from './pyramid-down.ts';

/** Edges of a rectangle through pixel centres, `right` and `bottom` included. */
interface Edges {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Cuts the face chip out of full-resolution pixels: `size` x `size` RGB bytes (default 150), upright, black where the square leaves the image.
 *
 * Follows dlib's `extract_image_chip` step by step (crop, halve while the face stays larger than the chip, bilinear),
 * because the network was trained on exactly that blur.
 *
 * @example
 * ```ts
 * const chip = extractFaceChip(image, findFaceChipRect(found.landmarks)); // 150 x 150 RGB bytes
 * ```
 */
export function extractFaceChip(image: RgbImage, chip: FaceChipRect, size: number = CHIP_SIZE): Uint8Array {
  checkChipSize(size, 'size');
  const half = (chip.size - 1) / 2;
  let rect: Edges = {
    left: chip.centerX - half,
    top: chip.centerY - half,
    right: chip.centerX + half,
    bottom: chip.centerY + half,
  };
  const levels = countPyramidLevels(rect, size);
  const region = boundRotatedRect(rect, chip.angle, levels.margin, image);
  if (!region) return new Uint8Array(size * size * 3);

  let source = cutOut(image, region.left, region.top, region.right - region.left + 1, region.bottom - region.top + 1);
  rect = shift(rect, -region.left, -region.top);
  for (let level = 0; level < levels.count && area(halve(rect)) > size ** 2; level++) {
    rect = halve(rect);
    source = pyramidDown(source);
  }
  return sampleBilinear(source, rect, chip.angle, size);
}

/** How often the face can be halved, and how many pixels of surroundings the blur of all those steps reaches into. */
function countPyramidLevels(rect: Edges, size: number): { count: number; margin: number } {
  let count = 0;
  let margin = 2;
  for (let smaller = halve(rect); area(smaller) > size ** 2; smaller = halve(smaller)) {
    count++;
    margin = margin * 2 + 2;
  }
  return { count, margin };
}

/** The upright rectangle around the rotated one, widened by `margin`, cut to the image and rounded; null when nothing is left. */
function boundRotatedRect(rect: Edges, angle: number, margin: number, image: RgbImage): Edges | null {
  const corners = [
    rotateAroundCenter(rect, angle, rect.left, rect.top),
    rotateAroundCenter(rect, angle, rect.right, rect.top),
    rotateAroundCenter(rect, angle, rect.left, rect.bottom),
    rotateAroundCenter(rect, angle, rect.right, rect.bottom),
  ];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const left = Math.floor(Math.max(Math.min(...xs) - margin, 0) + 0.5);
  const top = Math.floor(Math.max(Math.min(...ys) - margin, 0) + 0.5);
  const right = Math.floor(Math.min(Math.max(...xs) + margin, image.width - 1) + 0.5);
  const bottom = Math.floor(Math.min(Math.max(...ys) + margin, image.height - 1) + 0.5);
  return right < left || bottom < top ? null : { left, top, right, bottom };
}

function sampleBilinear({ data, width, height }: RgbImage, rect: Edges, angle: number, size: number): Uint8Array {
  const [originX, originY] = rotateAroundCenter(rect, angle, rect.left, rect.top);
  const [rightX, rightY] = rotateAroundCenter(rect, angle, rect.right, rect.top);
  const [downX, downY] = rotateAroundCenter(rect, angle, rect.left, rect.bottom);
  const steps = size - 1;
  const columnX = (rightX - originX) / steps;
  const columnY = (rightY - originY) / steps;
  const rowX = (downX - originX) / steps;
  const rowY = (downY - originY) / steps;
  const stride = width * 3;

  const chip = new Uint8Array(size * size * 3);
  let to = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++, to += 3) {
      const x = originX + columnX * column + rowX * row;
      const y = originY + columnY * column + rowY * row;
      const left = Math.floor(x);
      const top = Math.floor(y);
      if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) continue;
      const fractionX = x - left;
      const fractionY = y - top;
      const topLeft = (1 - fractionY) * (1 - fractionX);
      const topRight = (1 - fractionY) * fractionX;
      const bottomLeft = fractionY * (1 - fractionX);
      const bottomRight = fractionY * fractionX;
      const from = top * stride + left * 3;
      for (let channel = 0; channel < 3; channel++) {
        const i = from + channel;
        // Storing into bytes truncates, as dlib's conversion does.
        chip[to + channel] =
          topLeft * data[i]! + topRight * data[i + 3]! + bottomLeft * data[i + stride]! + bottomRight * data[i + stride + 3]!;
      }
    }
  }
  return chip;
}

/** One step down dlib's pyramid: where the edges fall in the halved image. */
function halve({ left, top, right, bottom }: Edges): Edges {
  return { left: left / 2 - 1.25, top: top / 2 - 0.75, right: right / 2 - 1.25, bottom: bottom / 2 - 0.75 };
}

function shift({ left, top, right, bottom }: Edges, x: number, y: number): Edges {
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
}

function area({ left, top, right, bottom }: Edges): number {
  return right < left || bottom < top ? 0 : (right - left + 1) * (bottom - top + 1);
}

function rotateAroundCenter(rect: Edges, angle: number, x: number, y: number): [number, number] {
  const centerX = (rect.left + rect.right) / 2;
  const centerY = (rect.top + rect.bottom) / 2;
  const sin = Math.sin(angle);
  const cos = Math.cos(angle);
  const dx = x - centerX;
  const dy = y - centerY;
  return [cos * dx - sin * dy + centerX, sin * dx + cos * dy + centerY];
}
