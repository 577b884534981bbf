import { expect, test } from 'vitest';
import { intersectionOverUnion, suppressOverlaps } from './suppress-overlaps.ts';

const square = (left: number, top: number, size: number) => ({ left, top, right: left + size, bottom: top + size });

test.each([
  { desc: 'equal boxes', a: square(0, 0, 10), b: square(0, 0, 10), iou: 1 },
  { desc: 'boxes that share half their width', a: square(0, 0, 10), b: square(5, 0, 10), iou: 1 / 3 },
  { desc: 'boxes that touch', a: square(0, 0, 10), b: square(10, 0, 10), iou: 0 },
  { desc: 'boxes apart in one direction only', a: square(0, 0, 10), b: square(0, 30, 10), iou: 0 },
])('the overlap of $desc is $iou', ({ a, b, iou }) => {
  expect(intersectionOverUnion(a, b)).toBeCloseTo(iou, 10);
});

test('of overlapping detections the surest is kept, whatever their order', () => {
  const weak = { box: square(1, 0, 10), score: 0.6 };
  const strong = { box: square(0, 0, 10), score: 0.9 };
  const apart = { box: square(50, 50, 10), score: 0.7 };
  expect(suppressOverlaps([weak, apart, strong], 0.3)).toEqual([strong, apart]);
});
