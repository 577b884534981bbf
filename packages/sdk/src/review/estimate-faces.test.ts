import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeBank, generatedBank, rounds } from '../../test/support/generated-bank.ts';
import { Answers } from './answers.ts';
import { type Estimates, estimateFaces } from './estimate-faces.ts';
import { buildGallery } from './gallery.ts';

test('after any changes, estimates brought up to date are those made anew', async () => {
  const start = generatedBank();
  const first = await estimateFaces(start, buildGallery(start));
  await fc.assert(
    fc.asyncProperty(rounds, async (rounds) => {
      let estimates: Estimates = first;
      for (const changes of rounds) {
        const bank = changeBank(estimates.bank, changes);
        const gallery = buildGallery(bank);
        estimates = await estimateFaces(bank, gallery, { previous: estimates });
        expect(estimates.open).toEqual((await estimateFaces(bank, gallery)).open);
      }
    }),
    { numRuns: 60 },
  );
});

test('after any changes, answers carried over are those looked for anew', async () => {
  const start = generatedBank();
  const first = await estimateFaces(start, buildGallery(start));
  await fc.assert(
    fc.asyncProperty(rounds, async (rounds) => {
      let answers = new Answers(first);
      for (const changes of rounds) {
        for (const { index } of answers.estimates.open) answers.rank(index);
        const bank = changeBank(answers.estimates.bank, changes);
        const estimates = await estimateFaces(bank, buildGallery(bank), { previous: answers.estimates });
        answers = answers.carriedOver(estimates);
        const anew = new Answers(estimates);
        for (const { index } of estimates.open) expect(answers.rank(index)).toEqual(anew.rank(index));
      }
    }),
    { numRuns: 40 },
  );
});

test('what a change does not reach is kept, not made anew', async () => {
  const bank = generatedBank();
  const before = await estimateFaces(bank, buildGallery(bank));
  const answers = new Answers(before);
  const ranked = new Map(before.open.map(({ index }) => [index, answers.rank(index)]));
  const { index, personId } = before.open[0]!;
  const changed = changeBank(bank, [[index, () => ({ personId, source: 'human_confirmed' })]]);
  const after = await estimateFaces(changed, buildGallery(changed), { previous: before });
  const keptEstimates = after.open.filter((estimate) => before.open.includes(estimate));
  const carried = answers.carriedOver(after);
  const keptAnswers = after.open.filter((face) => carried.rank(face.index) === ranked.get(face.index));
  for (const kept of [keptEstimates, keptAnswers]) {
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(after.open.length);
  }
});
