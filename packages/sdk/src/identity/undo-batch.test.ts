import { expect, test } from 'vitest';
import { standingEntries } from './undo-batch.ts';

test.each([
  { desc: 'nothing happened', events: '', standing: '' },
  { desc: 'a change', events: 'a', standing: 'a' },
  { desc: 'a change and its undo', events: 'a b>a', standing: '' },
  { desc: 'the undo of something earlier', events: 'b>earlier', standing: 'b' },
  { desc: 'that undo, undone', events: 'b>earlier c>b', standing: '' },
  { desc: 'that undo, undone, redone and undone', events: 'b>earlier c>b d>c e>b', standing: '' },
  { desc: 'that undo, undone and redone', events: 'b>earlier c>b d>c', standing: 'b' },
  { desc: 'two changes, undone from the last', events: 'a b c>b d>a', standing: '' },
  { desc: 'two changes, the last undone', events: 'a b c>b', standing: 'a' },
  { desc: 'two changes, the first undone past the last', events: 'a b c>a', standing: 'a b c' },
  { desc: 'a change, its undo, and the same change made anew', events: 'a b>a c', standing: 'c' },
  { desc: 'two changes of one batch, undone at once', events: 'a1 a2 b>a1', standing: '' },
  { desc: 'two changes of one batch, undone at once and redone', events: 'a1 a2 b>a1 c>b', standing: 'a1 a2' },
  { desc: 'two changes of one batch, undone, redone and undone', events: 'a1 a2 b>a1 c>b d>c', standing: '' },
  { desc: 'two changes of one batch with another between', events: 'a1 b a2 c>a1', standing: 'a1 b a2 c' },
])('what stands after $desc', ({ events, standing }) => {
  const entries = events
    .split(' ')
    .filter(Boolean)
    .map((entry) => {
      const [event_id, undoes = null] = entry.split('>') as [string, string?];
      return { event_id, batch_id: event_id[0]!, undoes };
    });
  expect([...standingEntries(entries)].join(' ')).toBe(standing);
});
