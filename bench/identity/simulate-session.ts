/**
 * A person who knows everybody sits down in a library where nobody has a name, and answers what photoorg asks until every face is
 * settled: how many questions that takes, and how many of the names that were given without asking are right in the end.
 *
 *   [TEST_DATABASE_URL=postgres://…] node --conditions=@photoorg/source bench/identity/simulate-session.ts PREFIX [PEOPLE [PHOTOS]]
 *
 * The library holds all faces of so many people (default 112) of whom there are at least so many photos (default 4). After each answer `applyCertain` runs, and guesses
 * are not asked about. Runs one face at a time through `review.queue`, where faces that nobody resembles come last, and card by card through
 * `review.next` in the order it gives. A card is one question, and each face of it that is somebody else is one more.
 */
import type { ReviewCard } from '../../packages/sdk/src/model/review-cards.ts';
import { openTestLibrary } from '../../packages/sdk/src/testing/index.ts';
import { seededRandom } from '../../packages/sdk/src/values/seeded-random.ts';
import { addFaces } from '../../packages/sdk/test/support/face-bank.ts';
import { clusterSpace } from '../../packages/sdk/test/support/sample-clusters.ts';
import { shuffled } from './draw-libraries.ts';
import { readLabelledEmbeddings } from './labelled-embeddings.ts';

const [prefix, peopleWanted = '112', photosWanted = '4'] = process.argv.slice(2);
if (!prefix) {
  console.error('usage: simulate-session.ts PREFIX [PEOPLE [PHOTOS]]');
  process.exit(64);
}
const data = readLabelledEmbeddings(prefix);
const photosOf = Map.groupBy(data.faces.keys(), (place) => data.faces[place]!.person);
const recurring = [...photosOf].filter(
  ([, places]) => new Set(places.map((place) => data.faces[place]!.photo)).size >= Number(photosWanted),
);
const people = new Set(
  shuffled(recurring, seededRandom(7))
    .slice(0, Number(peopleWanted))
    .map(([person]) => person),
);
const places = [...data.faces.keys()].filter((place) => people.has(data.faces[place]!.person));
console.log(`${places.length} faces of ${people.size} people`);

await session('one by one', false);
await session('card by card', true);

async function session(name: string, withCards: boolean): Promise<void> {
  await using test = await openTestLibrary();
  const { library, context } = test;
  const byPhoto = [...Map.groupBy(places, (place) => data.faces[place]!.photo).values()];
  const faceIds = await addFaces(
    context,
    clusterSpace,
    byPhoto.map((ofPhoto) => ({
      vectors: ofPhoto.map((place) => data.vectors.slice(place * data.dimension, (place + 1) * data.dimension)),
    })),
  );
  const truth = new Map(byPhoto.flatMap((ofPhoto, i) => ofPhoto.map((place, j) => [faceIds[i]![j]!, data.faces[place]!.person])));
  const known = new Map<number, string>();
  const actor = 'bench';
  const started = performance.now();
  let [questions, longest] = [0, 0];

  const nameOf = async (person: number) => {
    const personId = known.get(person) ?? (await library.people.create({ displayName: `Person ${person}` })).personId;
    known.set(person, personId);
    return personId;
  };
  /** As who knows everybody answers; the questions it took. */
  const answer = async ({ cardId, kind, person, other, faces }: ReviewCard) => {
    const faceIds = faces.map(({ face }) => face.faceId);
    if (kind === 'pair') {
      await library.review.answer({ cardId, actor, same: person!.displayName === other!.displayName });
      return 1;
    }
    const byPerson = Map.groupBy(faceIds, (faceId) => truth.get(faceId)!);
    const claimed = [...known].find(([, personId]) => personId === person?.personId)?.[0];
    const [most] = [...byPerson].sort(([a, x], [b, y]) => Number(b === claimed) - Number(a === claimed) || y.length - x.length);
    const [meant, right] = most!;
    const wrong = faceIds.filter((faceId) => !right.includes(faceId));
    const notFaceIds = kind === 'face' ? [] : wrong;
    if (kind === 'person' && meant !== claimed) await library.review.answer({ cardId, actor, notFaceIds: faceIds });
    else await library.review.answer({ cardId, actor, faceIds: right, personId: await nameOf(meant), notFaceIds });
    return 1 + (kind === 'person' && meant !== claimed ? 0 : wrong.length);
  };
  for (;;) {
    await library.review.applyCertain();
    const asked = performance.now();
    if (withCards) {
      const { cards } = await library.review.next();
      longest = Math.max(longest, performance.now() - asked);
      const [card] = cards;
      if (!card) break;
      questions += await answer(card);
      continue;
    }
    const { items } = await library.review.queue({ limit: 200 });
    longest = Math.max(longest, performance.now() - asked);
    const next = items.find(({ face }) => face.label === null)?.face.faceId;
    if (next !== undefined) {
      await library.labels.confirm({ faceId: next, personId: await nameOf(truth.get(next)!), actor });
      questions++;
      continue;
    }
    const { items: unnamed } = await library.faces.list({ labelled: false, limit: 1 });
    const [face] = unnamed;
    if (!face) break;
    await library.labels.confirm({ faceId: face.faceId, personId: await nameOf(truth.get(face.faceId)!), actor });
    questions++;
  }

  const { progress } = await library.review.next();
  if (progress.waiting > 0) throw new Error(`${progress.waiting} faces were never asked about.`);
  let [guesses, right] = [0, 0];
  for await (const { faceId, label } of library.faces.iterate()) {
    if (label?.source !== 'model_guess') continue;
    guesses++;
    right += Number(label.personId === known.get(truth.get(faceId)!));
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${name}: ${questions} questions (${(questions / places.length).toFixed(3)} a face), ${guesses} guesses stand, ` +
      `${right} right (${((100 * right) / guesses).toFixed(2)} %); ${seconds.toFixed(0)} s, longest queue ${longest.toFixed(0)} ms`,
  );
}
