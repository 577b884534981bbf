import { describe, expect, test } from 'vitest';
import { atThreshold, calibration, coverage, firstRight, identification } from './measure-trials.ts';
import type { FaceTrial } from './try-faces.ts';

/** A face of Ada's, guessed as `as` with a confidence; as a stranger it would be taken for Bob with `stranger`. */
function trial(as: string | null, confidence: number, { isKnown = true, stranger = 0 } = {}): FaceTrial {
  const guess = (personId: string, value: number) => ({ personId, confidence: value, faceConfidence: value, certainty: value });
  return {
    index: 0,
    personId: 'ada',
    isKnown,
    guess: as === null ? null : guess(as, confidence),
    asStranger: stranger === 0 ? null : guess('bob', stranger),
    strangerDistance: 0.6,
    without: new Map(),
  };
}

test('the right person first is a share of the known faces', () => {
  expect(firstRight([trial('ada', 0.9), trial('bob', 0.8), trial(null, 0), trial('bob', 0.9, { isKnown: false })])).toBeCloseTo(
    1 / 3,
  );
});

test('coverage is the most that can be named while so many of the named are right', () => {
  const right = Array.from({ length: 99 }, (_, i) => trial('ada', 0.99 - i / 1000));
  const wrongInTheMiddle = trial('bob', 0.95);
  const [at99, at995] = coverage([...right, wrongInTheMiddle]);
  expect(at99).toEqual({ precision: 0.99, confidence: 0.99 - 98 / 1000, covered: 99 / 100 });
  expect(at995!.covered).toBe(40 / 100);
});

test('equal confidences are named together or not at all', () => {
  const [at99] = coverage([trial('ada', 0.9), trial('bob', 0.9)]);
  expect(at99).toEqual({ precision: 0.99, confidence: null, covered: 0 });
});

test('identification counts known faces above what strangers reach', () => {
  const trials = Array.from({ length: 10 }, (_, i) => trial('ada', 0.5 + i / 100, { stranger: i === 0 ? 0.55 : 0.1 }));
  const [at1, at10] = identification(trials);
  expect(at1).toEqual({ falsePositives: 0.01, confidence: 0.55, truePositives: 0.4 });
  expect(at10).toEqual({ falsePositives: 0.1, confidence: 0.1, truePositives: 1 });
});

test('a threshold tells of the named, the known and the strangers', () => {
  const trials = [
    trial('ada', 0.96, { stranger: 0.97 }),
    trial('bob', 0.99),
    trial('ada', 0.5),
    trial('bob', 0.4, { isKnown: false }),
  ];
  expect(atThreshold(trials, 0.95)).toEqual({ confidence: 0.95, right: 0.5, covered: 1 / 3, strangersNamed: 0.25 });
  expect(atThreshold([], 0.95)).toEqual({ confidence: 0.95, right: null, covered: null, strangersNamed: null });
});

describe('calibration', () => {
  test('is how far the confidences of a bin are from the share that is right, by the faces with anybody in reach', () => {
    const { calibrationError, brier, reliability } = calibration([trial('ada', 0.98), trial('bob', 0.98), trial(null, 0)]);
    expect(reliability).toEqual([{ from: 14 / 15, to: 1, faces: 2, confidence: 0.98, right: 0.5 }]);
    expect(calibrationError).toBeCloseTo(0.48);
    expect(brier).toBeCloseTo((0.02 ** 2 + 0.98 ** 2) / 2);
  });
});
