import { expect, test } from 'vitest';
import { shrinkImage } from './shrink-image.ts';

function image(width: number, height: number, value: (x: number, y: number) => number) {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i++) data[i] = value(Math.floor(i / 3) % width, Math.floor(i / 3 / width));
  return { data, width, height };
}

test('an image that is small enough is returned as it is', () => {
  const small = image(30, 20, () => 7);
  expect(shrinkImage(small, 30)).toBe(small);
});

test.each([
  { desc: 'landscape', width: 400, height: 300, expected: [100, 75] },
  { desc: 'portrait', width: 300, height: 400, expected: [75, 100] },
  { desc: 'a strip one pixel high', width: 5000, height: 1, expected: [100, 1] },
])('$desc keeps its shape', ({ width, height, expected }) => {
  const {
    width: outWidth,
    height: outHeight,
    data,
  } = shrinkImage(
    image(width, height, () => 99),
    100,
  );
  expect([outWidth, outHeight]).toEqual(expected);
  expect(data.every((value) => value === 99)).toBe(true);
});

test('halving a gradient takes the mean of neighbours', () => {
  const half = shrinkImage(
    image(8, 8, (x) => 10 * x),
    4,
  );
  expect([half.data[0], half.data[3], half.data[6], half.data[9]]).toEqual([5, 25, 45, 65]);
});
