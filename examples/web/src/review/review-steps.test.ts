import { expect, it } from 'vitest';
import { question, suggestion } from '../../test/support/resources.ts';
import type { Decision } from '../labelling/decision.ts';
import {
  answerOf,
  countAnswered,
  firstQuestion,
  type ReviewState,
  type ReviewStep,
  rejectedPeople,
  reviewReducer,
} from './review-steps.ts';

const queue = ['f1', 'f2', 'f3'].map((faceId) =>
  question(faceId, `photo of ${faceId}`, [suggestion('anna', 0.9), suggestion('ben', 0.4)]),
);
const anna = { personId: 'anna', displayName: 'Anna' };
const step = (faceId: string, decision: Decision | null): ReviewStep => ({ faceId, decision, written: Promise.resolve(null) });
const confirm = (faceId: string) => step(faceId, { kind: 'confirm', faceIds: [faceId], person: anna });
const answer = (state: ReviewState, given: ReviewStep) => reviewReducer(state, { type: 'answered', step: given, queue });

it('goes on to the next open face at once and says what was done', () => {
  const state = answer(firstQuestion, confirm('f1'));
  expect(state).toMatchObject({ index: 1, message: 'Named Anna' });
});

it('stays with a face of which one person was ruled out', () => {
  const state = answer(firstQuestion, step('f1', { kind: 'reject', faceId: 'f1', person: anna }));
  expect(state.index).toBe(0);
  expect(rejectedPeople(state.steps, 'f1')).toEqual(['anna']);
  expect(answerOf(state.steps, 'f1')).toBeUndefined();
  expect(countAnswered(state.steps)).toBe(0);
});

it('passes over faces that were already answered', () => {
  const atThird = answer({ ...firstQuestion, index: 1 }, confirm('f2'));
  const backAtFirst = { ...atThird, index: 0 };
  expect(answer(backAtFirst, step('f1', null)).index).toBe(2);
});

it('ends after the last face', () => {
  const end = [confirm('f1'), step('f2', null), confirm('f3')].reduce(answer, firstQuestion);
  expect(end.index).toBe(queue.length);
  expect(countAnswered(end.steps)).toBe(3);
});

it('counts a face once however often it is answered', () => {
  const state = [confirm('f1'), step('f1', { kind: 'ignore', faceIds: ['f1'] })].reduce(answer, firstQuestion);
  expect(countAnswered(state.steps)).toBe(1);
  expect(answerOf(state.steps, 'f1')?.decision?.kind).toBe('ignore');
});

it('returns to the face whose answer is undone', () => {
  const given = confirm('f1');
  const state = reviewReducer(answer(firstQuestion, given), { type: 'undone', step: given, queue });
  expect(state).toMatchObject({ index: 0, steps: [], message: 'Undone: Named Anna' });
});

it('brings back a face whose answer could not be written, with the reason', () => {
  const given = confirm('f1');
  const error = new Error('Anna is already in this photo');
  const state = reviewReducer(answer(firstQuestion, given), { type: 'not written', step: given, error, queue });
  expect(state).toMatchObject({ index: 0, steps: [], problem: { error, decision: given.decision } });
});

it('keeps an answer that could not be undone', () => {
  const given = confirm('f1');
  const undone = reviewReducer(answer(firstQuestion, given), { type: 'undone', step: given, queue });
  const state = reviewReducer(undone, { type: 'not undone', step: given, error: new Error('offline') });
  expect(answerOf(state.steps, 'f1')).toBe(given);
});

it.each([
  { desc: 'not before the first face', index: 0, by: -1 as const, expected: 0 },
  { desc: 'not past the last face', index: 2, by: 1 as const, expected: 2 },
  { desc: 'back to the last face from the end', index: 3, by: -1 as const, expected: 2 },
])('moves inside the queue only: $desc', ({ index, by, expected }) => {
  expect(reviewReducer({ ...firstQuestion, index }, { type: 'moved', by, queueLength: queue.length }).index).toBe(expected);
});
