import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignBest } from './assign-best.ts';
import { distinctRegions, matchRegions } from './match-regions.ts';

const square = (x: number, y: number, side: number) => ({ x, y, width: side, height: side });

/** A square about the middle of another, `factor` times as large, moved by shares of that one's side. */
function drawnAround(face: { x: number; y: number; width: number }, factor: number, right = 0, down = 0) {
  const side = Math.round(face.width * factor);
  const middle = { x: face.x + face.width * (0.5 + right), y: face.y + face.width * (0.5 + down) };
  return square(Math.round(middle.x - side / 2), Math.round(middle.y - side / 2), side);
}

describe('matchRegions', () => {
  const faces = [square(100, 100, 80), square(200, 110, 90), square(320, 90, 70)];

  test.each([0.6, 0.8, 1, 1.3, 1.6, 2, 2.4])('finds the faces of regions %f times as large as dlib draws them', (factor) => {
    const regions = faces.map((face) => drawnAround(face, factor, 0.1, -0.12)).reverse();
    expect(matchRegions(regions, faces)).toEqual([2, 1, 0]);
  });

  test('leaves a region alone whose face was not found, though others are near', () => {
    const regions = faces.map((face) => drawnAround(face, 1.6));
    expect(matchRegions(regions, [faces[0]!, faces[2]!])).toEqual([0, null, 1]);
    expect(matchRegions([square(0, 0, 1000)], faces)).toEqual([null]);
    expect(matchRegions(regions, [])).toEqual([null, null, null]);
    expect(matchRegions([], faces)).toEqual([]);
  });

  test('gives up the best pair when that finds a face for everyone', () => {
    const found = [square(0, 0, 100), square(30, 0, 100)];
    const regions = [square(14, 0, 100), square(-16, 0, 100)];
    expect(matchRegions(regions, found)).toEqual([1, 0]);
  });
});

test('of regions at one place the first counts', () => {
  const regions = [{ box: square(10, 10, 100) }, { box: square(13, 8, 100) }, { box: square(200, 10, 100) }];
  expect(distinctRegions(regions)).toEqual([regions[0], regions[2]]);
});

test('no other pairing has a greater sum than the assigned one', () => {
  const matrix = fc
    .record({ rows: fc.integer({ min: 1, max: 5 }), columns: fc.integer({ min: 0, max: 5 }) })
    .chain(({ rows, columns }) => {
      const weight = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true }));
      return fc.array(fc.array(weight, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
    });
  fc.assert(
    fc.property(matrix, (weights) => {
      const assigned = assignBest(weights);
      const used = assigned.filter((column) => column !== null);
      expect(new Set(used).size).toBe(used.length);
      const sum = assigned.reduce<number>((total, column, row) => total + (column === null ? 0 : weights[row]![column]!), 0);
      expect(sum).toBeCloseTo(bestSum(weights, 0, new Set()), 9);
    }),
  );
});

/** Tries every pairing. */
function bestSum(weights: readonly number[][], row: number, taken: ReadonlySet<number>): number {
  const own = weights[row];
  if (own === undefined) return 0;
  const sums = own.flatMap((weight, column) =>
    taken.has(column) ? [] : [weight + bestSum(weights, row + 1, new Set([...taken, column]))],
  );
  return Math.max(bestSum(weights, row + 1, taken), ...sums);
}
