import { expect, test } from 'vitest';
import { CHIP_SIZE } from '../align/chip-shape.ts';
import type { Landmark } from '../landmark.ts';
import { measureFaceQuality } from './measure-face-quality.ts';

const grey = new Uint8Array(CHIP_SIZE * CHIP_SIZE * 3).fill(128);
const frontal: Landmark[] = [
  [140, 100],
  [120, 100],
  [60, 100],
  [80, 100],
  [100, 140],
];

test('a face that looks into the camera has neither yaw nor roll', () => {
  const { yawDegrees, rollDegrees } = measureFaceQuality(frontal, grey, 100, 0.9);
  expect(yawDegrees).toBeCloseTo(0, 10);
  expect(rollDegrees).toBeCloseTo(0, 10);
});

test('a nose towards the right of the image is a positive yaw, whatever the tilt of the head', () => {
  const turned = frontal.with(4, [115, 140]);
  const rotatedByQuarter = turned.map(([x, y]): Landmark => [-y, x]);
  const upright = measureFaceQuality(turned, grey, 100, 0.9);
  const tilted = measureFaceQuality(rotatedByQuarter, grey, 100, 0.9);
  expect(upright.yawDegrees).toBeGreaterThan(20);
  expect(tilted.yawDegrees).toBeCloseTo(upright.yawDegrees, 10);
  expect(tilted.rollDegrees).toBeCloseTo(90, 10);
});

test('landmarks that fall together give no NaN', () => {
  const collapsed = frontal.map((): Landmark => [5, 5]);
  expect(Object.values(measureFaceQuality(collapsed, grey, 100, 0.9)).every(Number.isFinite)).toBe(true);
});

test("brightness is the chip's mean and a flat chip has no sharpness", () => {
  const { brightness, sharpness } = measureFaceQuality(frontal, grey, 100, 0.9);
  expect(brightness).toBeCloseTo(128, 3);
  expect(sharpness).toBeCloseTo(0, 3);
});

test('a checkerboard is sharper than stripes', () => {
  const paint = (value: (x: number, y: number) => number) =>
    Uint8Array.from({ length: grey.length }, (_, i) => value(Math.floor(i / 3) % CHIP_SIZE, Math.floor(i / 3 / CHIP_SIZE)));
  const checkerboard = paint((x, y) => ((x + y) % 2) * 255);
  const stripes = paint((x) => (x % 2) * 255);
  expect(measureFaceQuality(frontal, checkerboard, 100, 0.9).sharpness).toBeGreaterThan(
    measureFaceQuality(frontal, stripes, 100, 0.9).sharpness,
  );
});
