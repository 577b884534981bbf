import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeIdentity } from '../src/identity/change-identity.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addFaces } from './support/face-bank.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';
import { openSampleLibrary } from './support/sample-library.ts';

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

test('what was said is told batch by batch, newest first, page by page', async () => {
  const { context, people, labels } = await openSampleLibrary(opened.context);
  const clusters = new Clusters(3, 2);
  const faces = (
    await addFaces(
      context,
      clusterSpace,
      Array.from({ length: 6 }, () => ({ vectors: [clusters.face(0)] })),
    )
  ).flat();
  const ada = await people.create({ displayName: 'Ada', actor: 'mia' });
  const { batchId: many } = await labels.confirmMany({ faceIds: faces.slice(0, 4), personId: ada.personId, actor: 'mia' });
  const { batchId: ignored } = await labels.ignore({ faceIds: faces.slice(4), actor: 'bob' });
  const { batchId: undo } = await labels.undo({ batchId: many, actor: 'mia' });

  const { items, nextCursor } = await labels.batches();
  expect(nextCursor).toBeNull();
  expect(items).toMatchObject([
    { batchId: undo, actor: 'mia', faces: 4, kinds: { label_cleared: 4 }, undoesBatchId: many },
    { batchId: ignored, actor: 'bob', faces: 2, kinds: { face_ignored: 2 }, people: [], undoesBatchId: null },
    {
      batchId: many,
      faces: 4,
      kinds: { label_set: 4 },
      people: [{ personId: ada.personId, displayName: 'Ada' }],
      undoesBatchId: null,
    },
    { actor: 'mia', faces: 0, kinds: { person_created: 1 } },
  ]);
  expect(items[0]!.createdAt).toBeInstanceOf(Date);

  const paged = [];
  let cursor: string | undefined;
  do {
    const page = await labels.batches({ limit: 1, cursor });
    paged.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(paged).toEqual(items);
  await expect(labels.batches({ cursor: 'nonsense' })).rejects.toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  await expect(labels.batches({ limit: 0 })).rejects.toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});

test('two batches written at once are each told once', async () => {
  const { context, labels, people } = await openSampleLibrary(opened.context);
  const clusters = new Clusters(4, 1);
  const faces = (
    await addFaces(
      context,
      clusterSpace,
      Array.from({ length: 4 }, () => ({ vectors: [clusters.face(0)] })),
    )
  ).flat();
  const { personId } = await people.create({ displayName: 'Ada' });
  // A long run writes part by part, and somebody labels in between: it is one batch with something in its midst.
  const first = await labels.confirm({ faceId: faces[0]!, personId, actor: 'run' });
  await labels.confirm({ faceId: faces[1]!, personId, actor: 'mia' });
  await changeIdentity(
    context,
    'run',
    async () => [{ subject: 'ignored' as const, faceId: faces[2]!, before: { ignored: false }, after: { ignored: true } }],
    first.batchId,
  );
  const { items } = await labels.batches({ limit: 2 });
  expect(items.map(({ actor }) => actor)).toEqual(['run', 'mia']);
  const { items: all } = await labels.batches();
  expect(all.map(({ batchId }) => batchId)).toEqual([...new Set(all.map(({ batchId }) => batchId))]);
});
