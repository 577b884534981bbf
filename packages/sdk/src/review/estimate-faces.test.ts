import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeBank, confirmAs, generatedBank, readAnew, rounds } from '../../test/support/generated-bank.ts';
import type { FaceBank } from '../evidence/face-bank.ts';
import { buildGallery } from '../evidence/gallery.ts';
import { Answers } from './answers.ts';
import { type Estimates, estimateFaces } from './estimate-faces.ts';

const estimate = (bank: FaceBank, previous?: Estimates) => estimateFaces(bank, buildGallery(bank), { previous });

/** Estimates by the id of the face: its place in the bank depends on when it came. */
function byFace({ bank, open }: Estimates) {
  return new Map(open.map(({ index, ...estimate }) => [bank.faces[index]!.faceId, estimate]));
}

function questions(answers: Answers) {
  const { bank, open } = answers.estimates;
  return new Map(open.map(({ index }) => [bank.faces[index]!.faceId, answers.question(index)]));
}

test('after any changes, estimates brought up to date are those of a bank that is read anew', async () => {
  const first = await estimate(generatedBank());
  await fc.assert(
    fc.asyncProperty(rounds, async (rounds) => {
      let estimates = first;
      for (const changes of rounds) {
        estimates = await estimate(changeBank(estimates.bank, changes), estimates);
        expect(byFace(estimates)).toEqual(byFace(await estimate(readAnew(estimates.bank))));
      }
    }),
    { numRuns: 80 },
  );
});

test('after any changes, answers carried over are those of a bank that is read anew', async () => {
  const first = await estimate(generatedBank());
  await fc.assert(
    fc.asyncProperty(rounds, async (rounds) => {
      let answers = new Answers(first);
      for (const changes of rounds) {
        questions(answers);
        answers = answers.carriedOver(await estimate(changeBank(answers.estimates.bank, changes), answers.estimates));
        expect(questions(answers)).toEqual(questions(new Answers(await estimate(readAnew(answers.estimates.bank)))));
      }
    }),
    { numRuns: 60 },
  );
});

test('what a change does not reach is kept, not made anew', async () => {
  const bank = generatedBank();
  const before = await estimate(bank);
  const answers = new Answers(before);
  const collected = new Map(before.open.map(({ index }) => [index, answers.question(index).candidates]));
  const { index, personId } = before.open[0]!;
  const changed = changeBank(bank, [[index, confirmAs(personId!)]]);
  const after = await estimate(changed, before);
  const keptEstimates = after.open.filter((estimate) => before.open.includes(estimate));
  const carried = answers.carriedOver(after);
  const keptAnswers = after.open.filter(({ index }) => carried.question(index).candidates === collected.get(index));
  for (const kept of [keptEstimates, keptAnswers]) {
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(after.open.length);
  }
});
