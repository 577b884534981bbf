import { addFaces } from '../../../packages/sdk/test/support/face-bank.ts';
import { clusterSpace } from '../../../packages/sdk/test/support/sample-clusters.ts';
import type { Bench } from './bench.ts';

const FACES_EACH = 5_000;

/** Two people with so many faces each turn out to be one, and then not: each face on a photo of its own. */
export async function measureMerge({ library, context, crowd, figures }: Bench): Promise<void> {
  const personIds: string[] = [];
  for (const displayName of ['One', 'The same']) {
    const photos = Array.from({ length: FACES_EACH }, () => ({ vectors: [crowd.clusters.face(0)] }));
    const faceIds = (await addFaces(context, clusterSpace, photos)).flat();
    const { personId } = await library.people.create({ displayName });
    personIds.push(personId);
    await figures.timed(`labels.confirmMany, ${FACES_EACH} faces`, () =>
      library.labels.confirmMany({ faceIds, personId, actor: 'bench' }),
    );
  }
  await figures.timed('queue, before', (signal) => library.review.queue({ signal }));
  const [intoId, fromId] = personIds as [string, string];
  const merged = await figures.timed('merge', () => library.people.merge({ fromId, intoId, actor: 'bench' }));
  figures.add({ name: 'moved', value: merged!.movedFaces, unit: 'faces' });
  await figures.timed('queue, after the merge', (signal) => library.review.queue({ signal }));
  await figures.timed('undo of the merge', () => library.labels.undo({ batchId: merged!.batchId, actor: 'bench' }));
  await figures.timed('queue, after the undo', (signal) => library.review.queue({ signal }));
}
