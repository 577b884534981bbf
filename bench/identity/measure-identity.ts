/**
 * Times what a user waits for, at the brief's size: 50,000 faces of which half are confirmed as 250 people.
 *
 *   [TEST_DATABASE_URL=postgres://…] node --conditions=@photoorg/source bench/identity/measure-identity.ts [FACES]
 *
 * Runs on an empty clone on the server of TEST_DATABASE_URL, else on an embedded database in memory.
 */
import { sql } from 'kysely';
import { openTestLibrary } from '../../packages/sdk/src/testing/index.ts';
import { encodeVector } from '../../packages/sdk/src/values/vector-codec.ts';
import { addFaces } from '../../packages/sdk/test/support/face-bank.ts';
import { Clusters, clusterSpace } from '../../packages/sdk/test/support/sample-clusters.ts';

const FACES = Number(process.argv[2] ?? 50_000);
const PEOPLE = 250;
const FACES_PER_PHOTO = 2;
/** A quarter of the faces are strangers', two thirds of the others are confirmed: half of all. */
const STRANGERS = 0.25;
const CONFIRMED = 2 / 3;
const ROUNDS = 11;

await using test = await openTestLibrary();
const { library, context } = test;
const clusters = new Clusters(5, PEOPLE);
const photos = Array.from({ length: FACES / FACES_PER_PHOTO }, () => {
  const first = clusters.pick(PEOPLE);
  const persons = [first, (first + 1 + clusters.pick(PEOPLE - 1)) % PEOPLE].map((person) =>
    clusters.pick(1000) < STRANGERS * 1000 ? PEOPLE : person,
  );
  return { persons, vectors: persons.map((person) => clusters.face(person)) };
});
const faces: { person: number; faceId: string }[] = [];
await timed('adding photos and faces', async () => {
  const ids = await addFaces(context, clusterSpace, photos);
  faces.push(...photos.flatMap(({ persons }, photo) => persons.map((person, i) => ({ person, faceId: ids[photo]![i]! }))));
});
await timed('confirming half of them, person by person', async () => {
  for (let person = 0; person < PEOPLE; person++) {
    const { personId } = await library.people.create({ displayName: `Person ${person}` });
    const hers = faces.filter((face) => face.person === person);
    const faceIds = hers.slice(0, Math.round(hers.length * CONFIRMED)).map((face) => face.faceId);
    await library.labels.confirmMany({ faceIds, personId, actor: 'bench' });
  }
});
await sql`ANALYZE`.execute(context.db);

const probes = Array.from({ length: ROUNDS }, () => faces[clusters.pick(faces.length)]!);
const embeddings = await Promise.all(probes.map(({ faceId }) => library.faces.embedding(faceId)));
const { spaceId } = embeddings[0]!;

await interleaved({
  'bare SQL, 20 nearest': async (round) => {
    await sql`SELECT face_id, embedding <-> ${encodeVector(embeddings[round]!.embedding)}::vector AS distance
      FROM face_embeddings WHERE space_id = ${spaceId} ORDER BY distance LIMIT 20`.execute(context.db);
  },
  'similarFaces by face': (round) => library.search.similarFaces({ faceId: probes[round]!.faceId }),
  'similarFaces by embedding': (round) =>
    library.search.similarFaces({ embedding: embeddings[round]!.embedding, space: clusterSpace.name }),
  'similarFaces without a label': (round) => library.search.similarFaces({ faceId: probes[round]!.faceId, labelled: false }),
  suggestions: (round) => library.review.suggestions(probes[round]!.faceId),
  'people.list, 50 by name': () => library.people.list(),
  'people.list, 200 by faces': () => library.people.list({ limit: 200, order: 'faces' }),
});

await timed('review.queue, first call', () => library.review.queue());
const page = await library.review.queue();
await interleaved({
  'review.queue, again': () => library.review.queue(),
  'review.queue, next page': () => library.review.queue({ cursor: page.nextCursor ?? undefined }),
  'labels.confirm': async (round) => {
    const { face, suggestions } = page.items[round]!;
    await library.labels
      .confirm({ faceId: face.faceId, personId: suggestions[0]!.person.personId, actor: 'bench' })
      .catch(() => {});
  },
  'review.queue after a confirmation': () => library.review.queue(),
});
await timed('groups.refresh, everybody for the first time', () => library.groups.refresh());
await timed('review.next, first call', () => library.review.next());
const answered: number[] = [];
await interleaved({
  'review.next, again': () => library.review.next(),
  'review.answer': async () => {
    const [card] = (await library.review.next()).cards;
    const { cardId, kind, person, faces } = card!;
    answered.push(faces.length);
    const faceIds = faces.map(({ face }) => face.faceId);
    if (kind === 'pair') await library.review.answer({ cardId, same: false, actor: 'bench' });
    else if (person) await library.review.answer({ cardId, faceIds, personId: person.personId, actor: 'bench' });
    else await library.review.answer({ cardId, nobodyFaceIds: faceIds, actor: 'bench' });
  },
  'review.next after an answer': () => library.review.next(),
});
console.log(`  ${answered.length} cards of ${Math.min(...answered)} to ${Math.max(...answered)} faces answered`);
const dry = await timed('applyCertain, dry run', () => library.review.applyCertain({ dryRun: true }));
const unsure = (await library.review.queue({ limit: 1 })).items[0]!;
await library.labels.confirm({ faceId: unsure.face.faceId, personId: unsure.suggestions[0]!.person.personId, actor: 'bench' });
const again = await timed('applyCertain after one answer, dry run', () => library.review.applyCertain({ dryRun: true }));
console.log(`  ${again.compared} of ${again.considered} faces compared again; at first ${dry.compared}`);
const real = await timed('applyCertain', () => library.review.applyCertain());
console.log(`  considered ${real.considered}, applied ${real.applied} (dry run ${dry.applied}), asked ${real.asked}`);
await timed('undo of that', () => library.labels.undo({ batchId: real.batchId!, actor: 'bench' }));

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  const memory = (process.memoryUsage.rss() / 2 ** 20).toFixed(0);
  console.log(`${test.kind}: ${name}: ${(performance.now() - start).toFixed(0)} ms, process now ${memory} MB`);
  return result;
}

/** Medians of calls that take turns, so that a busy machine slows all of them alike. */
async function interleaved(calls: Record<string, (round: number) => Promise<unknown>>): Promise<void> {
  const times = new Map(Object.keys(calls).map((name) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, call] of Object.entries(calls)) {
      const start = performance.now();
      await call(round);
      times.get(name)!.push(performance.now() - start);
    }
  }
  for (const [name, values] of times) {
    const [least, median, most] = [0, Math.floor(values.length / 2), values.length - 1].map(
      (i) => values.sort((a, b) => a - b)[i]!,
    );
    console.log(`${test.kind}: ${name}: p50 ${median!.toFixed(1)} ms, from ${least!.toFixed(1)} to ${most!.toFixed(1)}`);
  }
}
