import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeVector, readVector, writeVector } from './vector-codec.ts';

const vector = fc.float32Array({ minLength: 1, maxLength: 200, noNaN: true, noDefaultInfinity: true });

test('the binary form reads back bit for bit', () => {
  fc.assert(
    fc.property(vector, (numbers) => {
      expect(readVector(writeVector(numbers))).toEqual(numbers);
    }),
  );
});

test('the text form names every float32 exactly', () => {
  fc.assert(
    fc.property(vector, (numbers) => {
      const named = Float32Array.from(JSON.parse(encodeVector(numbers)) as number[]);
      expect(named.every((value, i) => value === numbers[i])).toBe(true);
    }),
  );
});

test.each([Number.NaN, Infinity, -Infinity])('%s is refused', (value) => {
  expect(() => encodeVector([0, value])).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});
