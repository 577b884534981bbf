/**
 * How long it takes to let another embedding space serve, and to take that back, in a library of many faces with a vector in both: the first switch, which measures
 * how the two spaces' distances compare, a roll-back, and further switches. Prints medians, beside the first search and suggestions after a switch.
 *
 *   node --conditions=@photoorg/source bench/sdk/switch-space.ts [faces]      (TEST_DATABASE_URL for a server)
 */
import { openTestLibrary } from '@photoorg/sdk/testing';
import { CompiledQuery, sql } from 'kysely';
import { addFaces } from '../../packages/sdk/test/support/face-bank.ts';
import { Clusters, clusterSpace } from '../../packages/sdk/test/support/sample-clusters.ts';

const FACES = Number(process.argv[2] ?? 50_000);
const [PEOPLE, ROUNDS] = [250, 5];
const actor = 'bench';

await using opened = await openTestLibrary();
const { library, context } = opened;
const clusters = new Clusters(1, PEOPLE);
const photos = Array.from({ length: FACES }, (_, i) => ({ vectors: [clusters.face(i % PEOPLE)] }));
const faceIds = (await addFaces(context, clusterSpace, photos)).flat();
for (let person = 0; person < PEOPLE; person++) {
  const { personId } = await library.people.create({ displayName: `Person ${person}`, actor });
  const theirs = faceIds.filter((_, i) => i % PEOPLE === person && i < FACES / 2);
  await library.labels.confirmMany({ faceIds: theirs, personId, actor });
}
const other = { ...clusterSpace, name: 'other' };
const { spaceId } = await library.spaces.ensure(other);
await sql`
  INSERT INTO face_embeddings (face_id, library_id, space_id, dimension, embedding)
  SELECT face_id, library_id, ${spaceId}, dimension, embedding FROM face_embeddings WHERE space_id <> ${spaceId}`.execute(
  context.db,
);
await context.db.executeQuery(CompiledQuery.raw('VACUUM (ANALYZE) faces, face_embeddings, photos, face_labels'));

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function took(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

const times: Record<string, number[]> = {};
const time = async (name: string, task: () => Promise<unknown>) => {
  times[name] ??= [];
  times[name].push(await took(task));
};
await time('first switch', () => library.spaces.use({ space: other.name, actor }));
for (let round = 0; round < ROUNDS; round++) {
  await time('roll-back', () => library.spaces.rollback({ actor }));
  await time('similar faces after it', () => library.search.similarFaces({ faceId: faceIds[round]! }));
  await time('suggestions after it', () => library.review.suggestions(faceIds.at(-1 - round)!));
  await time('switch', () => library.spaces.use({ space: other.name, actor }));
}
for (const [name, millis] of Object.entries(times)) {
  console.log(`${name}: ${median(millis).toFixed(0)} ms (median of ${millis.length}, slowest ${Math.max(...millis).toFixed(0)})`);
}
