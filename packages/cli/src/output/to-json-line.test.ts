import { expect, it } from 'vitest';
import { toJsonLine } from './to-json-line.ts';

it('a record is one line of JSON whatever its values are', () => {
  const line = toJsonLine({
    text: 'two\nlines',
    at: new Date('2024-05-17T18:20:05Z'),
    big: 2n ** 60n,
    vector: Float32Array.of(0.5, -1),
    bytes: Uint8Array.of(1, 2, 3),
    absent: undefined,
    none: null,
  });
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(JSON.parse(line)).toEqual({
    text: 'two\nlines',
    at: '2024-05-17T18:20:05.000Z',
    big: '1152921504606846976',
    vector: [0.5, -1],
    bytes: 'AQID',
    absent: null,
    none: null,
  });
});
