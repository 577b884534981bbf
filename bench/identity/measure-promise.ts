/**
 * Asks for a promise in simulated libraries and says how often it was kept.
 *
 *   node --conditions=@photoorg/source bench/identity/measure-promise.ts PREFIX [LIBRARIES [RATE]]     (PREFIX.f32 and PREFIX.jsonl)
 *
 * Each library (default 20) has 5 to 250 people, drawn evenly on a logarithmic scale, of whose faces 30 to 90 % are confirmed, and
 * strangers as up to 85 % of all faces. RATE is the promised share of errors (default 0.02).
 */
import type { FaceFacts } from '../../packages/sdk/src/evidence/face-facts.ts';
import { Answers } from '../../packages/sdk/src/review/answers.ts';
import { tryFaces } from '../../packages/sdk/src/review/evaluate/try-faces.ts';
import { judgeFaces } from '../../packages/sdk/src/review/judge-faces.ts';
import { keepPromise } from '../../packages/sdk/src/review/promise/keep-promise.ts';
import { UNCALIBRATED } from '../../packages/sdk/src/review/ranking.ts';
import { know } from '../../packages/sdk/src/review/review-memory.ts';
import { faceTerm } from '../../packages/sdk/src/review/terms/face-term.ts';
import { seededRandom } from '../../packages/sdk/src/values/seeded-random.ts';
import { faceFacts } from '../../packages/sdk/test/support/generated-bank.ts';
import { shuffled } from './draw-libraries.ts';
import { readLabelledEmbeddings } from './labelled-embeddings.ts';

const [prefix, libraries = '20', rate = '0.02'] = process.argv.slice(2);
if (!prefix) {
  console.error('usage: measure-promise.ts PREFIX [LIBRARIES [RATE]]');
  process.exit(64);
}
const data = readLabelledEmbeddings(prefix);
const { dimension } = data;
const facesOf = [...Map.groupBy(data.faces.keys(), (place) => data.faces[place]!.person).values()];
const isRecurring = (places: readonly number[]) => new Set(places.map((place) => data.faces[place]!.photo)).size > 1;
const SETTINGS = { autoApplyThreshold: 0.95, confirmThreshold: 0.2 };
const RANKING = { terms: [faceTerm], calibrations: UNCALIBRATED };

const outcomes = { kept: 0, broken: 0, notYet: 0 };
for (let number = 0; number < Number(libraries); number++) {
  const { promise, people, confirmed, applied, wrong } = await tryPromise(seededRandom(number + 1));
  const outcome = promise.certainty === null ? 'notYet' : wrong <= Number(rate) * applied ? 'kept' : 'broken';
  outcomes[outcome]++;
  const said =
    outcome === 'notYet'
      ? `${promise.missingConfirmations} confirmations missing`
      : `${applied} applied, ${wrong} wrong: ${outcome}`;
  console.log(`${people} people, ${confirmed} faces confirmed: ${said}`);
}
console.log(outcomes);

async function tryPromise(random: () => number) {
  const people = Math.round(5 * (250 / 5) ** random());
  const named = shuffled(facesOf.filter(isRecurring), random).slice(0, people);
  const confirmedShare = 0.3 + 0.6 * random();
  const known = named.flat();
  const confirmed = new Set(
    named.flatMap((places) => shuffled(places, random).slice(0, Math.ceil(confirmedShare * places.length))),
  );
  const strangers = shuffled(
    facesOf.filter((places) => !named.includes(places)),
    random,
  )
    .flat()
    .slice(0, Math.round((known.length * 0.85 * random()) / 0.15));
  const places = [...known, ...strangers];
  const vectors = new Float32Array(places.length * dimension);
  for (const [i, place] of places.entries()) {
    vectors.set(data.vectors.subarray(place * dimension, (place + 1) * dimension), i * dimension);
  }
  const faces = places.map((place): FaceFacts => {
    const { person, photo } = data.faces[place]!;
    const face = { faceId: `face ${place}`, photoId: `photo ${photo}` };
    return faceFacts(confirmed.has(place) ? { ...face, personId: String(person), source: 'human_confirmed' } : face);
  });
  const space = { spaceId: 'space', space: 'dlib', scale: 1, dimension };
  const answers = new Answers(
    know({ ...space, journalSeq: 0n, faces, vectors, axes: null, withoutVector: new Map(), births: [] }),
  );
  const { chosen, total } = await judgeFaces(answers, RANKING, SETTINGS, { onProgress: () => {} });
  const trials = await tryFaces(answers, RANKING, { limit: 5_000 });
  const certainties = chosen.map(({ best }) => best!.confidence);
  const promise = keepPromise(Number(rate), { certainties, unnamed: total }, trials);
  const applied = chosen.filter(({ best }) => promise.certainty !== null && best!.confidence >= promise.certainty);
  const wrong = applied.filter(({ index, best }) => best!.personId !== String(data.faces[places[index]!]!.person)).length;
  return { promise, people, confirmed: confirmed.size, applied: applied.length, wrong };
}
