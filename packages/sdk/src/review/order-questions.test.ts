import { describe, expect, test } from 'vitest';
import type { FaceBank } from '../evidence/face-bank.ts';
import type { EstimatedFace } from './estimate-faces.ts';
import { compareKeys, orderQuestions } from './order-questions.ts';

const settings = { autoApplyThreshold: 0.95, confirmThreshold: 0.2 };

/** Faces named by what they are: `anna 0.5` is estimated to be anna with that confidence. */
function order(names: string[], minConfidence = 0.2): string[] {
  const bank = { faces: names.map((_, i) => ({ faceId: `face ${i}` })) } as unknown as FaceBank;
  const faces = names.map((name, index): EstimatedFace => {
    const [personId, confidence] = name.split(' ') as [string, string];
    return { index, personId: personId === 'nobody' ? null : personId, confidence: Number(confidence), nearest: [] };
  });
  const questions = orderQuestions(bank, faces, settings, minConfidence);
  expect(questions).toEqual(questions.toSorted((a, b) => compareKeys(a.key, b.key)));
  return questions.map(({ index }) => names[index]!);
}

describe('questions', () => {
  test('that need an answer come before those that are certain', () => {
    expect(order(['anna 0.99', 'anna 0.5', 'bert 0.97', 'bert 0.3'])).toEqual(['anna 0.5', 'bert 0.3', 'anna 0.99', 'bert 0.97']);
  });

  test('are asked person by person, the one with the most first, the most certain of each first', () => {
    expect(order(['anna 0.9', 'bert 0.4', 'anna 0.3', 'bert 0.8', 'bert 0.5'])).toEqual([
      'bert 0.8',
      'bert 0.5',
      'bert 0.4',
      'anna 0.9',
      'anna 0.3',
    ]);
  });

  test('leave out what is hopeless, unless everything is asked for', () => {
    const names = ['nobody 0', 'anna 0.001', 'anna 0.1', 'anna 0.5'];
    expect(order(names)).toEqual(['anna 0.5', 'anna 0.1']);
    expect(order(names, 0)).toEqual(['anna 0.5', 'anna 0.1', 'anna 0.001', 'nobody 0']);
  });
});
