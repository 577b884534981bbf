/**
 * Puts wrong names on some confirmed faces and says how many of them the audit lists first.
 *
 *   node --conditions=@photoorg/source bench/identity/measure-audit.ts PREFIX [SHARE]     (PREFIX.f32 and PREFIX.jsonl)
 *
 * All faces of people with several photos are confirmed; a share of them (default 0.02), drawn once, as somebody else of these people.
 */
import { Answers } from '../../packages/sdk/src/review/answers.ts';
import { doubtLabels } from '../../packages/sdk/src/review/audit/doubt-labels.ts';
import { UNCALIBRATED } from '../../packages/sdk/src/review/ranking.ts';
import { know } from '../../packages/sdk/src/review/review-memory.ts';
import { faceTerm } from '../../packages/sdk/src/review/terms/face-term.ts';
import { seededRandom } from '../../packages/sdk/src/values/seeded-random.ts';
import { faceFacts } from '../../packages/sdk/test/support/generated-bank.ts';
import { readLabelledEmbeddings } from './labelled-embeddings.ts';

const [prefix, share = '0.02'] = process.argv.slice(2);
if (!prefix) {
  console.error('usage: measure-audit.ts PREFIX [SHARE]');
  process.exit(64);
}
const { faces, vectors, dimension } = readLabelledEmbeddings(prefix);
const random = seededRandom(11);
const photosOf = Map.groupBy(faces, ({ person }) => person);
const recurring = [...photosOf]
  .filter(([, ofPerson]) => new Set(ofPerson.map(({ photo }) => photo)).size > 1)
  .map(([person]) => person);
const isRecurring = new Set(recurring);
const wrong = new Set<number>();
const facts = faces.map(({ person, photo }, i) => {
  const face = { faceId: `face ${i}`, photoId: `photo ${photo}` };
  if (!isRecurring.has(person)) return faceFacts(face);
  const others = recurring.filter((other) => other !== person);
  const isWrong = random() < Number(share);
  if (isWrong) wrong.add(i);
  const said = isWrong ? others[Math.floor(random() * others.length)] : person;
  return faceFacts({ ...face, personId: String(said), source: 'human_confirmed' });
});
const bank = { journalSeq: 0n, spaceId: 'space', space: 'dlib', scale: 1, dimension, faces: facts, vectors };
const answers = new Answers(know({ ...bank, axes: null, withoutVector: new Map(), births: [] }));
const started = performance.now();
// What stands twice in a photo by a wrong name is found by a rule, not by its look.
const doubts = (await doubtLabels(answers, { terms: [faceTerm], calibrations: UNCALIBRATED }, {})).filter(
  ({ doubt }) => doubt !== null,
);
const labels = facts.filter(({ personId }) => personId !== null).length;
console.log(
  `${labels} names, ${wrong.size} of them wrong; ${doubts.length} doubted in ${((performance.now() - started) / 1000).toFixed(0)} s`,
);
for (const part of [0.02, 0.03, 0.05, 0.1]) {
  const listed = doubts.slice(0, Math.round(labels * part));
  const found = listed.filter(({ index }) => wrong.has(index)).length;
  console.log(`  in the first ${100 * part} % of the names: ${((100 * found) / wrong.size).toFixed(1)} % of the wrong ones`);
}
