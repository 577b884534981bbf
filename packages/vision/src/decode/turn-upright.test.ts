import { expect, test } from 'vitest';
import { turnUpright } from './turn-upright.ts';

/** Two rows of three pixels, named by letters. */
const stored = {
  data: Uint8Array.from([...'abcdef'].flatMap((letter) => Array(3).fill(letter.charCodeAt(0)))),
  width: 3,
  height: 2,
};

test.each([
  { orientation: 1, rows: ['abc', 'def'] },
  { orientation: 2, rows: ['cba', 'fed'] },
  { orientation: 3, rows: ['fed', 'cba'] },
  { orientation: 4, rows: ['def', 'abc'] },
  { orientation: 5, rows: ['ad', 'be', 'cf'] },
  { orientation: 6, rows: ['da', 'eb', 'fc'] },
  { orientation: 7, rows: ['fc', 'eb', 'da'] },
  { orientation: 8, rows: ['cf', 'be', 'ad'] },
  { orientation: 99, rows: ['abc', 'def'] },
])('orientation $orientation', ({ orientation, rows }) => {
  const { data, width, height } = turnUpright(stored, orientation);
  expect([width, height]).toEqual([rows[0]!.length, rows.length]);
  expect(String.fromCharCode(...data.filter((_, i) => i % 3 === 0))).toBe(rows.join(''));
});
