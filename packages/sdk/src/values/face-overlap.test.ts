import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchBoxes, overlap, SAME_FACE_OVERLAP } from './face-overlap.ts';

const box = fc.record({
  x: fc.integer({ min: 0, max: 300 }),
  y: fc.integer({ min: 0, max: 300 }),
  width: fc.integer({ min: 1, max: 200 }),
  height: fc.integer({ min: 1, max: 200 }),
});
const boxes = fc.array(box, { maxLength: 8 });

test.each([
  { desc: 'equal boxes', b: { x: 0, y: 0, width: 10, height: 10 }, expected: 1 },
  { desc: 'boxes that only touch', b: { x: 10, y: 0, width: 10, height: 10 }, expected: 0 },
  { desc: 'half of each shared', b: { x: 5, y: 0, width: 10, height: 10 }, expected: 1 / 3 },
  { desc: 'one inside the other', b: { x: 0, y: 0, width: 5, height: 5 }, expected: 1 / 4 },
])('$desc overlap by $expected', ({ b, expected }) => {
  expect(overlap({ x: 0, y: 0, width: 10, height: 10 }, b)).toBeCloseTo(expected, 12);
});

test('overlap is symmetric and between 0 and 1', () => {
  fc.assert(
    fc.property(box, box, (a, b) => {
      expect(overlap(a, b)).toBe(overlap(b, a));
      expect(overlap(a, b)).toBeGreaterThanOrEqual(0);
      expect(overlap(a, b)).toBeLessThanOrEqual(1);
    }),
  );
});

test('matching pairs each box at most once, only overlapping ones, and leaves no better pair apart', () => {
  fc.assert(
    fc.property(boxes, boxes, (found, known) => {
      const matches = matchBoxes(found, known);
      const taken = matches.filter((match) => match !== null);
      expect(new Set(taken).size).toBe(taken.length);
      const score = (f: number, k: number | null) => (k === null ? 0 : overlap(found[f]!, known[k]!));
      for (const [f, match] of matches.entries()) {
        if (match !== null) expect(score(f, match)).toBeGreaterThanOrEqual(SAME_FACE_OVERLAP);
        for (const k of known.keys()) {
          const holder = matches.indexOf(k);
          const better =
            score(f, k) >= SAME_FACE_OVERLAP && score(f, k) > score(f, match) && (holder < 0 || score(f, k) > score(holder, k));
          expect(better, `${f} and ${k} want each other`).toBe(false);
        }
      }
    }),
  );
});

test('the same boxes in another order are matched to the same ones', () => {
  fc.assert(
    fc.property(boxes, (known) => {
      const distinct = known.filter((a, i) => known.findIndex((b) => overlap(a, b) === 1) === i);
      expect(matchBoxes(distinct.toReversed(), distinct)).toEqual(distinct.map((_, i) => distinct.length - 1 - i));
    }),
  );
});
