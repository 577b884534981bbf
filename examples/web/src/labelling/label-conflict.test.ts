import { expect, it } from 'vitest';
import { rememberChange } from '../api/own-changes.ts';
import { ApiProblem } from '../api/problem.ts';
import { shownLabels, writeOverShown } from './label-conflict.ts';

const changed = (change: { batchId: string; actor?: string; source?: string | null }) =>
  new ApiProblem({
    code: 'LABEL_CHANGED',
    status: 409,
    title: '',
    detail: '',
    retryable: false,
    details: { changes: [{ faceId: 'f1', revision: 'today', actor: 'ben', source: 'human_confirmed', ...change }] },
  });

/** Refuses once, and says with what was written in the end. */
function refusingOnce(problem: ApiProblem) {
  const tried: unknown[] = [];
  return writeOverShown(
    shownLabels([
      { faceId: 'f1', label: null },
      { faceId: 'f2', label: { eventId: 'shown' } },
    ]),
    async (shown) => {
      tried.push(shown);
      if (tried.length === 1) throw problem;
      return tried;
    },
  );
}

it.each([
  { desc: 'this page said it', change: { batchId: 'mine' } },
  { desc: 'a guess came', change: { batchId: 'other', source: 'model_guess' } },
  { desc: 'the program took its guess back', change: { batchId: 'other', actor: 'photoorg', source: null } },
])('writes over what was said meanwhile when $desc, by what stands now', async ({ change }) => {
  await rememberChange(Promise.resolve({ batchId: 'mine' }));
  expect(await refusingOnce(changed(change))).toEqual([
    { f1: null, f2: 'shown' },
    { f1: 'today', f2: 'shown' },
  ]);
});

it('waits for what this page is still writing before it calls a change somebody else’s', async () => {
  const slow = Promise.withResolvers<{ batchId: string }>();
  void rememberChange(slow.promise);
  const written = refusingOnce(changed({ batchId: 'on its way' }));
  slow.resolve({ batchId: 'on its way' });
  expect(await written).toHaveLength(2);
});

it.each([
  { desc: 'named it', change: { batchId: 'other' } },
  { desc: 'took the name off', change: { batchId: 'other', source: null } },
])('leaves it to the person when somebody else $desc', async ({ change }) => {
  await expect(refusingOnce(changed(change))).rejects.toMatchObject({ code: 'LABEL_CHANGED' });
});
