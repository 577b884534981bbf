import type { Evaluation } from '@photoorg/sdk';
import { expect, test } from 'vitest';
import { renderEvaluation } from './render-evaluation.ts';

const evaluation: Evaluation = {
  facesTried: 3,
  knownFaces: 2,
  peopleTried: 2,
  firstRight: 1,
  identification: [{ falsePositives: 0.01, confidence: 0.8, truePositives: 0.5 }],
  coverage: [{ precision: 0.995, confidence: null, covered: null }],
  thresholds: [{ confidence: 0.95, right: null, covered: 0.5, strangersNamed: 0 }],
  calibrationError: 0.01,
  brier: null,
  reliability: [{ from: 14 / 15, to: 1, faces: 3, confidence: 0.97, right: 1 }],
  people: [{ personId: 'p', displayName: '<b>Ada & "Bob"', knownFaces: 2, named: 1, mistaken: 1, mistakenFor: 'Zoë' }],
  crowding: [{ name: 'crowded', faces: 3, right: 1, covered: 1, strangersNamed: 0 }],
  ages: [],
  withoutTerm: [{ term: 'strangers', brier: 0.02, covered: 0.4 }],
  questions: { faces: 40, people: 5, toNinetyFive: 12, curve: [{ named: 0.95, questions: 12 }] },
};

test('the report holds every figure, escapes names, and loads nothing from elsewhere', () => {
  const page = renderEvaluation(evaluation);
  expect(page).toContain('&lt;b&gt;Ada &amp; &quot;Bob&quot;');
  expect(page).not.toContain('<b>');
  expect(page).not.toMatch(/NaN|undefined|null|https?:|<script/);
  for (const figure of ['99.5 %', '0.800', '50.0 %', 'Zoë', 'crowded', 'strangers', '12 questions name 95 %'])
    expect(page).toContain(figure);
  expect(page.match(/<circle/g)).toHaveLength(4);
});

test('questions are left out where none were counted, and told of where 95 % were out of reach', () => {
  expect(renderEvaluation({ ...evaluation, questions: null })).not.toContain('Questions');
  const page = renderEvaluation({ ...evaluation, questions: { faces: 40, people: 5, toNinetyFive: null, curve: [] } });
  expect(page).toContain('Wrong guesses stood in the way');
  expect(page).not.toMatch(/NaN|undefined|null/);
});
