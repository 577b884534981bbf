import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeBank, confirmAs, generatedBank, readAnew, rounds } from '../../test/support/generated-bank.ts';
import type { FaceBank } from '../evidence/face-bank.ts';
import type { KnownFaces } from '../evidence/known-faces.ts';
import { Answers } from './answers.ts';
import { type EstimatedFace, estimateFaces } from './estimate-faces.ts';
import { know, knowLater } from './review-memory.ts';

const later = (known: KnownFaces, changes: Parameters<typeof changeBank>[1]) => knowLater(known, changeBank(known.bank, changes));
const anew = ({ bank }: KnownFaces) => know(readAnew(bank));

/** Something about faces by their ids: a face's place in the bank depends on when it came. */
function byFace<Value>({ faces }: FaceBank, open: readonly EstimatedFace[], value: (face: EstimatedFace) => Value) {
  return new Map(open.map((face) => [faces[face.index]!.faceId, value(face)]));
}

test('after any changes, estimates brought up to date are those of a bank that is read anew', async () => {
  const first = await estimateFaces(know(generatedBank()));
  const shown = ({ known: { bank }, open }: typeof first) => byFace(bank, open, ({ index, ...estimate }) => estimate);
  await fc.assert(
    fc.asyncProperty(rounds, async (rounds) => {
      let estimates = first;
      for (const changes of rounds) {
        estimates = await estimateFaces(later(estimates.known, changes), { previous: estimates });
        expect(shown(estimates)).toEqual(shown(await estimateFaces(anew(estimates.known))));
      }
    }),
    { numRuns: 80 },
  );
});

test('after any changes, answers carried over are those of a bank that is read anew', async () => {
  const first = know(generatedBank());
  const questions = async (answers: Answers) =>
    byFace(answers.known.bank, await answers.open(), ({ index }) => {
      const { beside, ...question } = answers.question(index);
      return question;
    });
  await fc.assert(
    fc.asyncProperty(rounds, async (rounds) => {
      let answers = new Answers(first);
      for (const changes of rounds) {
        await questions(answers);
        answers = answers.carriedOver(later(answers.known, changes));
        expect(await questions(answers)).toEqual(await questions(new Answers(anew(answers.known))));
      }
    }),
    { numRuns: 60 },
  );
});

test('what a change does not reach is kept, not made anew', async () => {
  const answers = new Answers(know(generatedBank()));
  const before = await answers.open();
  const collected = new Map(before.map(({ index }) => [index, answers.question(index).candidates]));
  const { index, personId } = before[0]!;
  const carried = answers.carriedOver(later(answers.known, [[index, confirmAs(personId!)]]));
  const after = await carried.open();
  const keptEstimates = after.filter((estimate) => before.includes(estimate));
  const keptAnswers = after.filter(({ index }) => carried.question(index).candidates === collected.get(index));
  for (const kept of [keptEstimates, keptAnswers]) {
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(after.length);
  }
});
