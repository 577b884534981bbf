import { expect, test } from 'vitest';
import { cancelsOut } from './undo-batch.ts';

test.each([
  { desc: 'nothing happened', events: '', expected: true },
  { desc: 'a change', events: 'a', expected: false },
  { desc: 'a change and its undo', events: 'a b>a', expected: true },
  { desc: 'the undo of something earlier', events: 'b>earlier', expected: false },
  { desc: 'that undo, undone', events: 'b>earlier c>b', expected: true },
  { desc: 'that undo, undone, redone and undone', events: 'b>earlier c>b d>c e>b', expected: true },
  { desc: 'that undo, undone and redone', events: 'b>earlier c>b d>c', expected: false },
  { desc: 'two changes, undone from the last', events: 'a b c>b d>a', expected: true },
  { desc: 'two changes, the last undone', events: 'a b c>b', expected: false },
  { desc: 'a change, its undo, and the same change made anew', events: 'a b>a c', expected: false },
])('whether a subject stands as before after $desc', ({ events, expected }) => {
  const entries = events
    .split(' ')
    .filter(Boolean)
    .map((entry) => {
      const [event_id, undoes = null] = entry.split('>') as [string, string?];
      return { event_id, undoes };
    });
  expect(cancelsOut(entries)).toBe(expected);
});
