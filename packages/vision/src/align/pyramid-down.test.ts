import { expect, test } from 'vitest';
import { pyramidDown } from './pyramid-down.ts';

function flatImage(width: number, height: number, value: number) {
  return { data: new Uint8Array(width * height * 3).fill(value), width, height };
}

test("a flat image stays flat at half the size less dlib's border", () => {
  const half = pyramidDown(flatImage(21, 14, 200));
  expect([half.width, half.height]).toEqual([9, 5]);
  expect(half.data.every((value) => value === 200)).toBe(true);
});

test('an image of eight pixels a side is too small to halve', () => {
  expect(pyramidDown(flatImage(8, 30, 200))).toEqual({ data: new Uint8Array(0), width: 0, height: 0 });
});
