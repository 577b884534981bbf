import { describe, expect, test } from 'vitest';
import type { FaceTrial } from '../evaluate/try-faces.ts';
import { largestPlausible } from './binomial-bound.ts';
import { keepPromise } from './keep-promise.ts';

describe('the largest plausible probability', () => {
  // From the quantiles of the beta distribution.
  test.each([
    { events: 0, trials: 598, risk: 0.05, bound: 0.004997 },
    { events: 1, trials: 10, risk: 0.05, bound: 0.394163 },
    { events: 3, trials: 5_000, risk: 0.025, bound: 0.001753 },
    { events: 50, trials: 100, risk: 0.025, bound: 0.601679 },
  ])('after $events of $trials is $bound', ({ events, trials, risk, bound }) => {
    expect(largestPlausible(events, trials, risk)).toBeCloseTo(bound, 5);
  });

  test('is 1 without trials, and after all of them', () => {
    expect(largestPlausible(0, 0, 0.05)).toBe(1);
    expect(largestPlausible(4, 4, 0.05)).toBe(1);
  });
});

/** Faces of Ada's: guessed rightly with a certainty, and as strangers taken for Bob with another. */
function trials(count: number, certainty: number, asStranger: number, isRight = true): FaceTrial[] {
  const guess = (personId: string, value: number) => ({ personId, confidence: value, faceConfidence: value, certainty: value });
  return Array.from({ length: count }, (_, index) => ({
    index,
    personId: 'ada',
    isKnown: true,
    guess: guess(isRight ? 'ada' : 'bob', certainty),
    asStranger: guess('bob', asStranger),
    strangerDistance: 0.6,
    without: new Map(),
  }));
}

const certainties = Array.from({ length: 1_000 }, (_, i) => 0.95 + i * 0.00004);

describe('a promise', () => {
  test('is kept from the lowest certainty on that all confirmed faces speak for', () => {
    const kept = keepPromise(0.01, { certainties, unnamed: 2_000 }, trials(2_000, 0.999, 0.1));
    expect(kept).toEqual({ errorRate: 0.01, certainty: certainties[0], missingConfirmations: 0 });
  });

  test('asks for more certainty where strangers come near', () => {
    const { certainty } = keepPromise(0.01, { certainties, unnamed: 1_500 }, [
      ...trials(1_990, 0.999, 0.1),
      ...trials(10, 0.999, 0.96),
    ]);
    expect(certainty).toBeGreaterThan(0.96);
  });

  test('asks for more certainty where known people are mistaken', () => {
    const mistaken = trials(40, 0.96, 0.1, false);
    const { certainty } = keepPromise(0.01, { certainties, unnamed: 1_500 }, [...trials(1_990, 0.999, 0.1), ...mistaken]);
    expect(certainty).toBeGreaterThan(0.96);
  });

  test('cannot be made on few confirmations, and says how many are missing: with those it can', () => {
    const few = keepPromise(0.005, { certainties, unnamed: 2_000 }, trials(100, 0.999, 0.1));
    expect(few.certainty).toBeNull();
    expect(few.missingConfirmations).toBeGreaterThan(1_000);
    const enough = keepPromise(0.005, { certainties, unnamed: 2_000 }, trials(100 + few.missingConfirmations, 0.999, 0.1));
    expect(enough.certainty).toBe(certainties[0]);
  });

  test('cannot be made where nothing would be named, nor where the confirmed faces speak against it', () => {
    expect(keepPromise(0.01, { certainties: [], unnamed: 10 }, trials(5_000, 0.999, 0.1))).toEqual({
      errorRate: 0.01,
      certainty: null,
      missingConfirmations: 0,
    });
    expect(keepPromise(0.01, { certainties, unnamed: 2_000 }, trials(5_000, 0.999, 0.999))).toMatchObject({ certainty: null });
  });
});
