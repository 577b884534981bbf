import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logOddsOf, probabilities } from './conditional-logit.ts';

describe('probabilities', () => {
  test('with "none of them" add up to 1, in the order of the log-odds', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -800, max: 800, noNaN: true }), { maxLength: 6 }), (logOdds) => {
        const chances = probabilities(logOdds);
        const total = chances.reduce((sum, chance) => sum + chance, 0);
        expect(total).toBeLessThanOrEqual(1 + 1e-12);
        expect(chances.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
        const order = (values: readonly number[]) => [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b);
        const distinct = new Set(chances).size === chances.length;
        if (distinct) expect(order(chances)).toEqual(order(logOdds));
      }),
    );
  });

  test('are even for one candidate at even odds', () => {
    expect(probabilities([0])).toEqual([0.5]);
    expect(probabilities([])).toEqual([]);
  });
});

test('log-odds are weighted sums', () => {
  expect(
    logOddsOf(
      [
        [1, 2],
        [3, 4],
      ],
      [10, -1],
    ),
  ).toEqual([8, 26]);
});
