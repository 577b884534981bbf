import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeBank, confirmAs, generatedBank, readAnew, rounds } from '../../test/support/generated-bank.ts';
import { Answers } from './answers.ts';
import { UNCALIBRATED } from './ranking.ts';
import { know, knowLater } from './review-memory.ts';
import { faceTerm } from './terms/face-term.ts';

/** Who each open face most likely is, by its id, and how many of them had to be compared with everybody. */
async function judge(answers: Answers) {
  const ranking = { terms: [faceTerm], calibrations: UNCALIBRATED };
  const before = answers.compared;
  const judged = (await answers.open()).map(
    ({ index }) => [answers.known.bank.faces[index]!.faceId, answers.likeliest(index, ranking)] as const,
  );
  return { likeliest: new Map(judged), compared: answers.compared - before };
}

test.each([
  { people: 'near each other', spread: 0.6 },
  { people: 'as far apart as usual', spread: 1 },
])('after any changes among people $people, who faces are is what a bank that is read anew says', async ({ spread }) => {
  const first = know(generatedBank({ spread }));
  await fc.assert(
    fc.asyncProperty(rounds, fc.boolean(), async (rounds, isJudgedBetween) => {
      let answers = new Answers(first);
      await judge(answers);
      for (const changes of rounds) {
        answers = answers.carriedOver(knowLater(answers.known, changeBank(answers.known.bank, changes)));
        if (isJudgedBetween) await judge(answers);
      }
      const { likeliest } = await judge(answers);
      expect(likeliest).toEqual((await judge(new Answers(know(readAnew(answers.known.bank))))).likeliest);
    }),
    { numRuns: 60 },
  );
});

test('after an answer few faces are compared with everybody, though the person is in reach of most', async () => {
  const answers = new Answers(know(generatedBank({ spread: 0.6 })));
  const open = await answers.open();
  expect(await judge(answers)).toMatchObject({ compared: open.length });
  const { index, personId } = open[0]!;
  const inReach = open.filter((face) => answers.question(face.index).candidates.some((person) => person.personId === personId));
  expect(inReach.length).toBeGreaterThan(open.length / 2);
  const later = answers.carriedOver(knowLater(answers.known, changeBank(answers.known.bank, [[index, confirmAs(personId!)]])));
  const { compared } = await judge(later);
  expect(compared).toBeLessThan(open.length / 4);
});
