import { expect, test } from 'vitest';
import { CHIP_SIZE } from './chip-shape.ts';
import { extractFaceChip } from './extract-face-chip.ts';

/** Red grows to the right, green downwards. */
function gradientImage(size: number) {
  const data = new Uint8Array(size * size * 3);
  for (let i = 0; i < size * size; i++) {
    data[3 * i] = i % size;
    data[3 * i + 1] = Math.floor(i / size);
  }
  return { data, width: size, height: size };
}

test("an upright square of the chip's own size is copied pixel by pixel", () => {
  const chip = extractFaceChip(gradientImage(250), { centerX: 100.5, centerY: 110.5, size: CHIP_SIZE, angle: 0 });
  expect([...chip.subarray(0, 6)]).toEqual([26, 36, 0, 27, 36, 0]);
  expect([...chip.subarray(-3)]).toEqual([175, 185, 0]);
});

test('a quarter turn makes columns of rows', () => {
  const chip = extractFaceChip(gradientImage(250), { centerX: 100.5, centerY: 110.5, size: CHIP_SIZE, angle: Math.PI / 2 });
  const [red, green] = [chip[3 * (CHIP_SIZE - 1)]!, chip[3 * (CHIP_SIZE - 1) + 1]!];
  expect(Math.abs(red - 175)).toBeLessThanOrEqual(1);
  expect(Math.abs(green - 185)).toBeLessThanOrEqual(1);
});

test('what lies outside the image is black', () => {
  const outside = extractFaceChip(gradientImage(50), { centerX: -500, centerY: 20, size: CHIP_SIZE, angle: 0.3 });
  expect(outside.every((value) => value === 0)).toBe(true);
});
