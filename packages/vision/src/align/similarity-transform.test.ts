import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSimilarityTransform } from './similarity-transform.ts';

const coordinate = fc.double({ min: -1000, max: 1000, noNaN: true });

test('the transform that made the points is found again', () => {
  fc.assert(
    fc.property(
      fc.record({ angle: fc.double({ min: -3, max: 3, noNaN: true }), scale: fc.double({ min: 0.1, max: 10, noNaN: true }) }),
      coordinate,
      coordinate,
      ({ angle, scale }, shiftX, shiftY) => {
        const from = [0, 0, 100, 0, 50, 80, 20, 30];
        const a = scale * Math.cos(angle);
        const b = scale * Math.sin(angle);
        const to = from.map((_, i) => {
          const x = from[i - (i % 2)]!;
          const y = from[i - (i % 2) + 1]!;
          return i % 2 === 0 ? a * x - b * y + shiftX : b * x + a * y + shiftY;
        });
        const found = findSimilarityTransform(from, to);
        expect(found.a).toBeCloseTo(a, 6);
        expect(found.b).toBeCloseTo(b, 6);
        expect(found.shiftX).toBeCloseTo(shiftX, 5);
        expect(found.shiftY).toBeCloseTo(shiftY, 5);
      },
    ),
  );
});

test('points that all coincide are only shifted', () => {
  expect(findSimilarityTransform([1, 1, 1, 1], [4, 5, 4, 5])).toEqual({ a: 1, b: 0, shiftX: 3, shiftY: 4 });
});
