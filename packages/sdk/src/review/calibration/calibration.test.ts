import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../values/seeded-random.ts';
import { calibrate, calibrateAll, intervalAround } from './calibration.ts';
import { fitCalibration, type TriedClaims } from './fit-calibration.ts';

/** Claims of a ranking that is right with another probability than it says: of known people, strangers, and those who wait. */
function tried(count: number, isRightAt: (claimed: number) => number, knownShare = 0.6): TriedClaims {
  const random = seededRandom(7);
  const claimOfKnown = () => random() ** 0.25;
  const claimOfStranger = () => random() ** 4;
  const known = Array.from({ length: count }, () => {
    const claimed = claimOfKnown();
    return { claimed, isRight: random() < isRightAt(claimed) };
  });
  return {
    known,
    strangers: Array.from({ length: count }, claimOfStranger),
    open: Array.from({ length: count }, () => (random() < knownShare ? claimOfKnown() : claimOfStranger())),
  };
}

const probability = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });

describe('a calibration', () => {
  test('finds what claims are worth, and how many of those who wait are known', () => {
    const { calibration, knownShare } = fitCalibration(tried(20_000, () => 0.9, 0.98));
    expect(knownShare).toBeCloseTo(0.98, 1);
    for (const claimed of [0.95, 0.98, 0.99]) expect(calibrate(calibration, claimed)).toBeCloseTo(0.9, 1);
  });

  test('stays near the claims where few faces tell', () => {
    const { calibration } = fitCalibration(tried(50, () => 0.9));
    for (const claimed of [0.5, 0.9, 0.99]) expect(Math.abs(calibrate(calibration, claimed) - claimed)).toBeLessThan(0.15);
  });

  test('is worth the more the more is claimed, whatever was tried', () => {
    const claims = fc.array(fc.record({ claimed: probability, isRight: fc.boolean() }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(claims, fc.array(probability, { minLength: 1 }), probability, probability, (known, others, one, two) => {
        const { calibration } = fitCalibration({ known, strangers: others, open: others });
        const [low, high] = [Math.min(one, two), Math.max(one, two)];
        const [worthLow, worthHigh] = [calibrate(calibration, low), calibrate(calibration, high)];
        expect(worthLow).toBeGreaterThanOrEqual(0);
        expect(worthHigh).toBeLessThanOrEqual(1);
        expect(worthHigh).toBeGreaterThanOrEqual(worthLow);
      }),
    );
  });

  test('leaves at most 1 to all people of a face, and the likeliest first', () => {
    const { calibration } = fitCalibration(tried(500, (claimed) => claimed / 2));
    const weights = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(weights, (weights) => {
        const sum = 0.2 + weights.reduce((total, weight) => total + weight, 0);
        const claimed = weights.map((weight) => weight / sum);
        const worth = calibrateAll(calibration, claimed);
        expect(worth.reduce((total, value) => total + value, 0)).toBeLessThanOrEqual(1 + 1e-9);
        expect(Math.max(...worth)).toBe(worth[claimed.indexOf(Math.max(...claimed))]);
      }),
    );
  });

  test('knows the better the more faces were tried', () => {
    const widthAfter = (count: number) => {
      const { calibration } = fitCalibration(tried(count, (claimed) => claimed));
      const { low, high } = intervalAround(calibration, 0.9, calibrate(calibration, 0.9));
      expect(low).toBeLessThan(calibrate(calibration, 0.9));
      expect(high).toBeGreaterThan(calibrate(calibration, 0.9));
      return high - low;
    };
    expect(widthAfter(200)).toBeLessThan(widthAfter(50));
    expect(widthAfter(5_000)).toBeLessThan(widthAfter(200) / 2);
    const { low, high } = intervalAround(null, 0.9, 0.9);
    expect(high - low).toBeGreaterThan(widthAfter(1_000));
  });
});
