import { expect, it } from 'vitest';
import { question, suggestion } from '../../test/support/resources.ts';
import { groupQuestions, leftOutAtFirst } from './group-questions.ts';

const faceIds = (group: { items: { face: { faceId: string } }[] } | undefined) => group?.items.map(({ face }) => face.faceId);

it('puts the largest group first, the surest face first in it, and the nameless last', () => {
  const groups = groupQuestions([
    question('x1', 'p1', []),
    question('x2', 'p2', []),
    question('x3', 'p3', []),
    question('b1', 'p1', [suggestion('ben', 0.9)]),
    question('a1', 'p1', [suggestion('anna', 0.5), suggestion('ben', 0.4)]),
    question('a2', 'p2', [suggestion('anna', 0.8)]),
  ]);
  expect(groups.map((group) => group.person?.personId ?? null)).toEqual(['anna', 'ben', null]);
  expect(groups.map(faceIds)).toEqual([['a2', 'a1'], ['b1'], ['x1', 'x2', 'x3']]);
});

it('does not put a face with someone it is too unlike to ask about', () => {
  const groups = groupQuestions([question('f', 'p', [{ ...suggestion('anna', 0.1), action: 'leave_unknown' }])]);
  expect(groups.map(({ person }) => person)).toEqual([null]);
});

it('takes only the surer of two faces of one photo into a group', () => {
  const [group] = groupQuestions([
    question('less', 'p1', [suggestion('anna', 0.6)]),
    question('more', 'p1', [suggestion('anna', 0.7)]),
  ]);
  expect(faceIds(group)).toEqual(['more']);
});

it('begins with only the very likely faces chosen, and with nobody of those that look like no one', () => {
  const groups = groupQuestions([
    question('sure', 'p1', [suggestion('anna', 0.95)]),
    question('guess', 'p2', [suggestion('anna', 0.5)]),
    question('nobody', 'p3', []),
  ]);
  expect(groups.map(leftOutAtFirst)).toEqual([['guess'], ['nobody']]);
});
