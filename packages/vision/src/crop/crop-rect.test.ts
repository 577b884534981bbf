import { expect, test } from 'vitest';
import { findCropRect } from './crop-rect.ts';

const image = { width: 1000, height: 800 };
const face = (left: number, top: number, size: number) => ({ left, top, right: left + size - 1, bottom: top + size - 1 });

test.each([
  { desc: 'in the middle', rect: face(400, 300, 100), expected: { x: 360, y: 260, width: 180, height: 180 } },
  { desc: 'at the top left corner', rect: face(-20, -30, 100), expected: { x: 0, y: 0, width: 180, height: 180 } },
  { desc: 'at the bottom right corner', rect: face(950, 750, 100), expected: { x: 820, y: 620, width: 180, height: 180 } },
  { desc: 'larger than the image', rect: face(0, 0, 900), expected: { x: 0, y: 0, width: 1000, height: 800 } },
])('the crop of a face $desc lies inside the image', ({ rect, expected }) => {
  expect(findCropRect(rect, image)).toEqual(expected);
});
