import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TYPICAL_STRANGER_DISTANCE } from '../evidence/cohort.ts';
import type { PersonEvidence } from '../evidence/person-evidence.ts';
import { DEFAULT_AUTO_APPLY_THRESHOLD, DEFAULT_CONFIRM_THRESHOLD } from '../library/thresholds.ts';
import { decideAction } from './decide-action.ts';
import { explainSuggestion } from './explain-suggestion.ts';
import { rankPeople } from './rank-people.ts';
import { UNCALIBRATED } from './ranking.ts';
import { probabilities } from './terms/conditional-logit.ts';
import { faceTerm } from './terms/face-term.ts';
import type { FaceScores, ReadyTerm } from './terms/ranking-term.ts';

const settings = { autoApplyThreshold: DEFAULT_AUTO_APPLY_THRESHOLD, confirmThreshold: DEFAULT_CONFIRM_THRESHOLD };

function person(personId: string, distances: [number, ...number[]], rest: Partial<PersonEvidence> = {}): PersonEvidence {
  const supportingFaces = distances.filter((distance) => distance < 0.6).length;
  return {
    personId,
    nearestFaceId: `face of ${personId}`,
    distances,
    supportingFaces,
    confirmedFaces: distances.length,
    centreDistance: distances[0],
    rivalDistance: null,
    strangerDistance: TYPICAL_STRANGER_DISTANCE,
    nearestFaceStrangerDistance: TYPICAL_STRANGER_DISTANCE,
    ...rest,
  };
}

function rank(
  candidates: readonly PersonEvidence[],
  terms: readonly ReadyTerm[] = [faceTerm],
  beside: readonly FaceScores[] = [],
) {
  return rankPeople(
    { space: 'test', face: null, company: new Set(), candidates, beside: () => beside },
    { terms, calibrations: UNCALIBRATED },
  );
}

describe('ranking people', () => {
  test.each([
    { desc: 'three near faces and nobody else near', evidence: [person('a', [0.3, 0.32, 0.35])], action: 'auto_apply' },
    { desc: 'two people equally near', evidence: [person('a', [0.35, 0.36]), person('b', [0.35, 0.36])], action: 'ask' },
    { desc: 'a face at the limit of likeness', evidence: [person('a', [0.69])], action: 'leave_unknown' },
    { desc: 'somebody a little less near', evidence: [person('a', [0.47, 0.49, 0.5]), person('b', [0.49])], action: 'ask' },
    {
      desc: 'a face that was set aside about as near',
      evidence: [person('a', [0.4, 0.42, 0.45], { rivalDistance: 0.4 })],
      action: 'ask',
    },
    {
      desc: 'a nearer face that was set aside',
      evidence: [person('a', [0.4, 0.42, 0.45], { rivalDistance: 0.3 })],
      action: 'leave_unknown',
    },
  ])('with $desc leads to $action', ({ evidence, action }) => {
    const [best] = rank(evidence);
    expect(decideAction(best!, settings)).toBe(action);
  });

  test('puts the likeliest first, and the confidences of all stay within 1', () => {
    const ranked = rank([person('c', [0.6]), person('a', [0.4, 0.42, 0.5]), person('b', [0.45, 0.5])]);
    expect(ranked.map(({ evidence }) => evidence.personId)).toEqual(['a', 'b', 'c']);
    expect(ranked.reduce((sum, { confidence }) => sum + confidence, 0)).toBeLessThanOrEqual(1);
  });

  test('is less certain the nearer the next person is, and the further the face', () => {
    const confidence = (distance: number, next: number) =>
      rank([person('a', [distance, distance]), person('b', [next])])[0]!.confidence;
    const byMargin = [0.65, 0.6, 0.55, 0.5].map((next) => confidence(0.4, next));
    const byDistance = [0.3, 0.35, 0.4, 0.45].map((distance) => confidence(distance, 0.6));
    for (const confidences of [byMargin, byDistance]) {
      expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
      expect(new Set(confidences).size).toBe(confidences.length);
    }
  });

  test('has no order of its own for equals: the one known longest comes first', () => {
    const ranked = rank([person('b', [0.4]), person('a', [0.4])]);
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
    expect(explainSuggestion(rank(evidence)[0]!)).toBe(reason);
  });

  test('says so when somebody else is nearer', () => {
    const [, second] = rank([person('a', [0.3]), person('b', [0.54])]);
    expect(explainSuggestion(second!)).toContain('somebody else is nearer, by 0.24');
  });
});

/** Says so much for each person by name, and nothing about others. */
function prior(name: string, logOdds: Record<string, number>): ReadyTerm {
  return {
    kind: 'prior',
    weigh: ({ candidates }) => [
      { name, logOdds: candidates.map(({ personId }) => logOdds[personId] ?? null), because: () => `${name} says so.` },
    ],
  };
}

const people = ['a', 'b', 'c'];
const distance = fc.double({ min: 0.2, max: 0.699, noNaN: true });
const anyEvidence = fc
  .subarray(people, { minLength: 1 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc
          .tuple(fc.array(distance, { minLength: 1, maxLength: 3 }), fc.integer({ min: 3, max: 500 }))
          .map(([distances, confirmedFaces]) =>
            person(id, distances.toSorted((a, b) => a - b) as [number, ...number[]], { confirmedFaces }),
          ),
      ),
    ),
  );
const anyPriors = fc
  .array(
    fc.record(Object.fromEntries(people.map((id) => [id, fc.double({ min: -20, max: 20, noNaN: true })])), { requiredKeys: [] }),
    { maxLength: 4 },
  )
  .map((all) => all.map((logOdds, i) => prior(`prior ${i}`, logOdds as Record<string, number>)));

describe('another face of the photo', () => {
  const scoresOf = (confidence: number): FaceScores => ({
    personIds: ['a', 'b'],
    scores: [Math.log(confidence / (1 - confidence)), -20],
  });

  test('takes away what it claims, as weighing all ways to give out the name does', () => {
    const evidence = [person('a', [0.45])];
    const [alone] = rank(evidence);
    const [first] = rank(evidence, [faceTerm], [scoresOf(0.6)]);
    const [odds, others] = [Math.exp(alone!.score), 0.6 / 0.4];
    expect(first!.confidence).toBeCloseTo(odds / (odds + others + 1), 9);
    expect(first!.faceConfidence).toBe(first!.confidence);
    expect(first!.score).toBe(first!.terms().reduce((sum, { logOdds }) => sum + logOdds, 0));
    expect(first!.terms()).toContainEqual({
      name: 'once in a photo',
      logOdds: expect.closeTo(Math.log(0.4), 6),
      because: 'Another face of the photo is this person with 60.0 %.',
    });
  });

  test('says nothing of who it does not resemble, and nothing for certain', () => {
    const [second] = rank([person('b', [0.4])], [faceTerm], [scoresOf(0.6)]);
    expect(second!.terms().map(({ name }) => name)).not.toContain('once in a photo');
    const [doubted] = rank([person('a', [0.3])], [faceTerm], [{ personIds: ['a'], scores: [100] }]);
    expect(doubted!.confidence).toBeGreaterThan(0);
    expect(doubted!.confidence).toBeLessThan(0.5);
  });
});

describe('terms', () => {
  test('add up to the score to the last bit, and the scores to the confidences', () => {
    fc.assert(
      fc.property(anyEvidence, anyPriors, (evidence, priors) => {
        const ranked = rank(evidence, [faceTerm, ...priors]);
        for (const { terms: said, score } of ranked) {
          const terms = said();
          expect(terms.reduce((sum, { logOdds }) => sum + logOdds, 0)).toBe(score);
          expect(new Set(terms.map(({ name }) => name)).size).toBe(terms.length);
        }
        const total = probabilities(ranked.map(({ score }) => score));
        expect(ranked.map(({ confidence }) => confidence)).toEqual(total.map((chance) => expect.closeTo(chance, 12)));
        expect(ranked.map(({ score }) => score)).toEqual(ranked.map(({ score }) => score).toSorted((a, b) => b - a));
      }),
    );
  });

  test('give the same answer to the last bit in whatever order they and the people come', () => {
    fc.assert(
      fc.property(anyEvidence, anyPriors, (evidence, priors) => {
        const terms = [faceTerm, ...priors];
        const said = (ranked: ReturnType<typeof rank>) =>
          ranked.map((person) => ({ ...person, terms: person.terms(), interval: person.interval() }));
        expect(said(rank(evidence.toReversed(), terms.toReversed()))).toEqual(said(rank(evidence, terms)));
      }),
    );
  });

  test('of what is known around a face change the confidence, but not what the face alone says', () => {
    fc.assert(
      fc.property(anyEvidence, anyPriors, (evidence, priors) => {
        const byPerson = (ranked: ReturnType<typeof rank>) =>
          new Map(ranked.map(({ evidence: { personId }, faceConfidence }) => [personId, faceConfidence]));
        const alone = rank(evidence);
        expect(byPerson(rank(evidence, [faceTerm, ...priors]))).toEqual(byPerson(alone));
        expect(alone.map(({ confidence }) => confidence)).toEqual(alone.map(({ faceConfidence }) => faceConfidence));
      }),
    );
  });

  test('rank somebody further away first, but apply nothing that the face does not make certain', () => {
    const evidence = [person('a', [0.4]), person('b', [0.42])];
    const [best, next] = rank(evidence, [faceTerm, prior('company', { b: 8 })]);
    expect(best!.evidence.personId).toBe('b');
    expect(best!.confidence).toBeGreaterThan(settings.autoApplyThreshold);
    expect(best!.faceConfidence).toBeLessThan(settings.autoApplyThreshold);
    expect(decideAction(best!, settings)).toBe('ask');
    expect(next!.confidence).toBeLessThan(settings.confirmThreshold);
    expect(decideAction(next!, settings)).toBe('leave_unknown');
  });
});

test.each([
  { confidence: 0.95, faceConfidence: 0.95, action: 'auto_apply' },
  { confidence: 0.9499, faceConfidence: 0.99, action: 'ask' },
  { confidence: 0.99, faceConfidence: 0.9499, action: 'ask' },
  { confidence: 0.2, faceConfidence: 0.1, action: 'ask' },
  { confidence: 0.1999, faceConfidence: 0.9, action: 'leave_unknown' },
])('confidence $confidence, by the face alone $faceConfidence: $action', ({ action, ...confidences }) => {
  expect(decideAction(confidences, settings)).toBe(action);
});
