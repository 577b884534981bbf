/**
 * What a library answers right after much of it was labelled, when the database's statistics may be those of before: photos of two people, a page of
 * people, suggestions. Each is timed as the SDK leaves it and again after VACUUM (ANALYZE) by hand, in one run: the ratio says what is lost.
 *
 *   [TEST_DATABASE_URL=postgresql://…] node --conditions=@photoorg/source bench/sdk/after-labelling.ts [faces]
 */
import { openTestLibrary } from '@photoorg/sdk/testing';
import { CompiledQuery } from 'kysely';
import { addFaces } from '../../packages/sdk/test/support/face-bank.ts';
import { Clusters, clusterSpace } from '../../packages/sdk/test/support/sample-clusters.ts';

const FACES = Number(process.argv[2] ?? 20_000);
const [PEOPLE, FACES_PER_PHOTO, CONFIRMED_SHARE, ROUNDS] = [250, 2, 0.32, 15];

await using opened = await openTestLibrary();
const { library, context } = opened;
const clusters = new Clusters(1, PEOPLE);
const photos = Array.from({ length: FACES / FACES_PER_PHOTO }, (_, i) => ({
  vectors: Array.from({ length: FACES_PER_PHOTO }, (__, k) => clusters.face((i * FACES_PER_PHOTO + k) % PEOPLE)),
}));
const faceIds = (await addFaces(context, clusterSpace, photos)).flat();
const personIds: string[] = [];
for (let person = 0; person < PEOPLE; person++) {
  const { personId } = await library.people.create({ displayName: `Person ${person}`, actor: 'bench' });
  const own = faceIds.filter((_, i) => i % PEOPLE === person);
  await library.labels.confirmMany({ faceIds: own.slice(0, own.length * CONFIRMED_SHARE), personId, actor: 'bench' });
  personIds.push(personId);
}
const open = faceIds.slice(-ROUNDS);

const questions: Record<string, (round: number) => Promise<unknown>> = {
  'photos of two people': (round) =>
    library.photos.list({ personId: [personIds[(round * 2) % PEOPLE]!, personIds[(round * 2 + 1) % PEOPLE]!] }),
  'a page of people': () => library.people.list({ order: 'faces' }),
  suggestions: (round) => library.review.suggestions(open[round]!),
};

async function medians(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [name, ask] of Object.entries(questions)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      await ask(round);
      times.push(performance.now() - start);
    }
    found[name] = times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
  }
  return found;
}

await medians();
const asLeft = await medians();
await context.db.executeQuery(CompiledQuery.raw('VACUUM (ANALYZE)'));
await medians();
const analysed = await medians();
for (const name of Object.keys(questions)) {
  const ratio = asLeft[name]! / analysed[name]!;
  console.log(
    `${name}: ${asLeft[name]!.toFixed(1)} ms, ${analysed[name]!.toFixed(1)} ms after VACUUM (ANALYZE): ${ratio.toFixed(2)} times`,
  );
}
