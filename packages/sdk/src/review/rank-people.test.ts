import { describe, expect, test } from 'vitest';
import { DEFAULT_AUTO_APPLY_THRESHOLD, DEFAULT_CONFIRM_THRESHOLD } from '../library/thresholds.ts';
import { decideAction } from './decide-action.ts';
import { explainSuggestion } from './explain-suggestion.ts';
import type { PersonEvidence } from './person-evidence.ts';
import { rankPeople } from './rank-people.ts';

const settings = { autoApplyThreshold: DEFAULT_AUTO_APPLY_THRESHOLD, confirmThreshold: DEFAULT_CONFIRM_THRESHOLD };

function person(personId: string, distances: [number, ...number[]], rest: Partial<PersonEvidence> = {}): PersonEvidence {
  const supportingFaces = distances.filter((distance) => distance < 0.6).length;
  return {
    personId,
    nearestFaceId: `face of ${personId}`,
    distances,
    supportingFaces,
    confirmedFaces: distances.length,
    ...rest,
  };
}

describe('ranking people', () => {
  test.each([
    { desc: 'three near faces and nobody else near', evidence: [person('a', [0.3, 0.32, 0.35])], action: 'auto_apply' },
    { desc: 'two people equally near', evidence: [person('a', [0.35, 0.36]), person('b', [0.35, 0.36])], action: 'ask' },
    { desc: 'a face at the limit of likeness', evidence: [person('a', [0.69])], action: 'leave_unknown' },
    { desc: 'somebody a little less near', evidence: [person('a', [0.42, 0.47, 0.5]), person('b', [0.5])], action: 'ask' },
  ])('with $desc leads to $action', ({ evidence, action }) => {
    const [best] = rankPeople(evidence);
    expect(decideAction(best!.confidence, settings)).toBe(action);
  });

  test('puts the likeliest first, and the confidences of all stay within 1', () => {
    const ranked = rankPeople([person('c', [0.6]), person('a', [0.4, 0.42, 0.5]), person('b', [0.45, 0.5])]);
    expect(ranked.map(({ evidence }) => evidence.personId)).toEqual(['a', 'b', 'c']);
    expect(ranked.reduce((sum, { confidence }) => sum + confidence, 0)).toBeLessThanOrEqual(1);
  });

  test('is less certain the nearer the next person is, and the further the face', () => {
    const confidence = (distance: number, next: number) =>
      rankPeople([person('a', [distance, distance]), person('b', [next])])[0]!.confidence;
    const byMargin = [0.65, 0.6, 0.55, 0.5].map((next) => confidence(0.4, next));
    const byDistance = [0.3, 0.35, 0.4, 0.45].map((distance) => confidence(distance, 0.6));
    for (const confidences of [byMargin, byDistance]) {
      expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
      expect(new Set(confidences).size).toBe(confidences.length);
    }
  });

  test('has no order of its own for equals: the one known longest comes first', () => {
    const ranked = rankPeople([person('b', [0.4]), person('a', [0.4])]);
    expect(ranked.map(({ evidence }) => evidence.personId)).toEqual(['a', 'b']);
  });
});

describe('explaining', () => {
  test.each([
    {
      evidence: [person('a', [0.312, 0.4, 0.65], { confirmedFaces: 12, supportingFaces: 9 })],
      reason: 'Nearest confirmed face at distance 0.31, 9 of 12 faces within 0.6; nobody else near.',
    },
    {
      evidence: [person('a', [0.3]), person('b', [0.54])],
      reason: 'Nearest confirmed face at distance 0.30, 1 of 1 face within 0.6; the next person is at 0.54, a margin of 0.24.',
    },
  ])('says: $reason', ({ evidence, reason }) => {
    expect(explainSuggestion(rankPeople(evidence)[0]!)).toBe(reason);
  });

  test('says so when somebody else is nearer', () => {
    const [, second] = rankPeople([person('a', [0.3]), person('b', [0.54])]);
    expect(explainSuggestion(second!)).toContain('somebody else is nearer, by 0.24');
  });
});

test.each([
  { confidence: 0.95, action: 'auto_apply' },
  { confidence: 0.9499, action: 'ask' },
  { confidence: 0.2, action: 'ask' },
  { confidence: 0.1999, action: 'leave_unknown' },
])('confidence $confidence: $action', ({ confidence, action }) => {
  expect(decideAction(confidence, settings)).toBe(action);
});
