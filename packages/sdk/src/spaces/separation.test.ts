import { describe, expect, test } from 'vitest';
import { coverageOf, median, type Trial, tryProbe } from './separation.ts';

test('a probe is compared with everybody but itself, person by person', () => {
  // Two people on a line, at 0 and 1, and at 4 and 10.
  const confirmed = { dimension: 1, vectors: Float32Array.of(0, 1, 4, 10), people: [0, 0, 1, 1], personCount: 2 };
  expect(tryProbe(confirmed, 1)).toEqual({
    same: 1,
    nearest: [
      { person: 0, distance: 1 },
      { person: 1, distance: 3 },
    ],
  });
  expect(tryProbe(confirmed, 2)).toMatchObject({
    same: 6,
    nearest: [
      { person: 0, distance: 3 },
      { person: 1, distance: 6 },
    ],
  });
});

describe('coverage', () => {
  const near = (person: number, distance: number) => ({ person, distance });
  const clear: Trial = { same: 0.2, nearest: [near(0, 0.2), near(1, 0.9), near(2, 1)] };
  const torn: Trial = { same: 0.8, nearest: [near(1, 0.3), near(0, 0.8), near(2, 1)] };

  test('is all of it where people separate', () => {
    expect(coverageOf(Array.from({ length: 10 }, () => ({ own: 0, trial: clear })))).toBe(1);
  });

  test('is what stays when one name in 200 may be wrong', () => {
    const trials = Array.from({ length: 10 }, () => ({ own: 0, trial: clear }));
    // Surer of the wrong person than of anybody in the clear ones: no bound lets these in without it.
    const surelyWrong: Trial = { same: 0.9, nearest: [near(1, 0.01), near(0, 0.9), near(2, 1)] };
    expect(coverageOf([...trials, { own: 0, trial: surelyWrong }])).toBe(0);
    // Less sure than the clear ones: a bound between them leaves it out.
    expect(coverageOf([...trials, { own: 0, trial: torn }])).toBeCloseTo(10 / 11);
  });

  test('counts a stranger who looks like somebody against it', () => {
    // Without their own person, these faces are as near to person 1 as the others are to themselves.
    const twins = Array.from({ length: 10 }, () => ({
      own: 0,
      trial: { same: 0.2, nearest: [near(0, 0.2), near(1, 0.21), near(2, 1)] },
    }));
    expect(coverageOf(twins)).toBe(0);
  });

  test('of nothing is nothing', () => expect(coverageOf([])).toBe(0));
});

test('the median of an even number lies between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([3, 1, 2])).toBe(2);
});
