import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGroups } from '../src/grouping/create-groups.ts';
import { findReplayDifferences } from '../src/identity/replay.ts';
import type { Groups } from '../src/index.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { createEmbeddingSpaces } from '../src/spaces/create-spaces.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { newId } from '../src/values/new-id.ts';
import { seededRandom } from '../src/values/seeded-random.ts';
import { addFaces } from './support/face-bank.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';
import { labelOf, openSampleLibrary } from './support/sample-library.ts';
import { seededNormal } from './support/seeded-normal.ts';

const actor = 'mia';
const PEOPLE = 5;
const code = (expected: string) => expect.objectContaining({ code: expected });
const everything = { minSize: 1, limit: 200 };

let opened: TestLibrary;
let context: LibraryContext;
let library: Awaited<ReturnType<typeof openSampleLibrary>>;
let groups: Groups;
let normal: () => number;
let looks: Float32Array[];

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

beforeEach(async () => {
  library = await openSampleLibrary(opened.context);
  context = library.context;
  groups = createGroups(context);
  normal = seededNormal(seededRandom(5));
  const clusters = new Clusters(21, PEOPLE);
  looks = Array.from({ length: PEOPLE }, (_, person) => clusters.face(person));
});

/** Another picture of a person: far enough to be no copy, near enough to be no question. */
function look(person: number): Float32Array {
  return looks[person]!.map((value) => value + 0.015 * normal());
}

/** A photo for each list of people; the ids of their faces. */
async function addPhotosOf(...photos: number[][]): Promise<string[][]> {
  return addFaces(
    context,
    clusterSpace,
    photos.map((people) => ({ vectors: people.map(look) })),
  );
}

/** So many photos of one person alone. */
async function addFacesOf(person: number, count: number): Promise<string[]> {
  return (await addPhotosOf(...Array.from({ length: count }, () => [person]))).flat();
}

/** The waiting faces of each group, by its id. */
async function waiting(): Promise<Map<string, string[]>> {
  const { items } = await groups.list(everything);
  const faces = await Promise.all(items.map(({ groupId }) => groups.faces(groupId, { limit: 200 })));
  return new Map(items.map(({ groupId }, i) => [groupId, faces[i]!.items.map(({ faceId }) => faceId)]));
}

async function groupOf(faceId: string): Promise<string> {
  for (const [groupId, faceIds] of await waiting()) if (faceIds.includes(faceId)) return groupId;
  throw new Error(`Face ${faceId} waits in no group.`);
}

describe('list', () => {
  test('gives the groups by size, with their photos and clearest faces', async () => {
    const ada = await addFacesOf(0, 5);
    const bob = await addFacesOf(1, 3);
    await addFacesOf(2, 1);
    const { items, nextCursor } = await groups.list();
    expect(items.map(({ faces, photos, namedFaces, person }) => ({ faces, photos, namedFaces, person }))).toEqual([
      { faces: 5, photos: 5, namedFaces: 0, person: null },
      { faces: 3, photos: 3, namedFaces: 0, person: null },
    ]);
    expect(items[0]!.coverFaceIds).toHaveLength(4);
    expect(ada).toEqual(expect.arrayContaining(items[0]!.coverFaceIds));
    expect(items[1]!.coverFaceIds.toSorted()).toEqual(bob.toSorted());
    expect(nextCursor).toBeNull();
  });

  test('goes on page by page', async () => {
    await Promise.all([0, 1, 2, 3, 4].map((person) => addFacesOf(person, 2)));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await groups.list({ limit: 2, cursor });
      seen.push(...page.items.map(({ groupId }) => groupId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(5);
  });

  test('is empty for an empty library, and tells what it does not take', async () => {
    expect(await groups.list()).toEqual({ items: [], nextCursor: null });
    await expect(groups.list({ minSize: 0 })).rejects.toEqual(code('INVALID_INPUT'));
    await expect(groups.list({ cursor: 'x' })).rejects.toEqual(code('INVALID_INPUT'));
    await expect(groups.list({ offset: 3 } as never)).rejects.toEqual(code('INVALID_INPUT'));
  });

  test('leaves out faces of deleted photos, and does not count those that are ignored or named', async () => {
    const faces = await addFacesOf(0, 6);
    const { personId } = await library.people.create({ displayName: 'Ada' });
    await library.labels.confirm({ faceId: faces[0]!, personId, actor });
    await library.labels.ignore({ faceIds: [faces[1]!], actor });
    await context.db
      .updateTable('photos')
      .set({ deleted_ts: new Date() })
      .where('photo_id', '=', (eb) => eb.selectFrom('faces').select('photo_id').where('face_id', '=', faces[2]!))
      .execute();
    const { items } = await groups.list();
    expect(items).toEqual([expect.objectContaining({ faces: 3, namedFaces: 1, person: { personId, displayName: 'Ada' } })]);
  });
});

describe('a refresh', () => {
  test('places new faces and leaves the others where they are', async () => {
    const [ada, bob] = [await addFacesOf(0, 4), await addFacesOf(1, 4)];
    const before = await waiting();
    const [newAda, newCleo] = [await addFacesOf(0, 1), await addFacesOf(2, 1)];
    expect(await groups.refresh()).toEqual({ faces: 10, groups: 2, newFaces: 2, movedFaces: 0 });
    expect(await groups.refresh()).toEqual({ faces: 10, groups: 2, newFaces: 0, movedFaces: 0 });
    const after = await waiting();
    for (const [groupId, faceIds] of before) expect(after.get(groupId)).toEqual(expect.arrayContaining(faceIds));
    expect(await groupOf(newAda[0]!)).toBe(await groupOf(ada[0]!));
    expect(after.get(await groupOf(newCleo[0]!))).toEqual(newCleo);
    expect(after.get(await groupOf(bob[0]!))).toHaveLength(4);
  });

  test('is known to another process, which finds the same', async () => {
    await addFacesOf(0, 3);
    const before = await waiting();
    groups = createGroups(context);
    expect(await groups.refresh()).toMatchObject({ newFaces: 0, movedFaces: 0 });
    expect(await waiting()).toEqual(before);
  });

  test('makes the same groups anew, under the same ids', async () => {
    await Promise.all([0, 1, 2].map((person) => addFacesOf(person, 4)));
    const before = await waiting();
    expect(await groups.regroup()).toEqual({ faces: 12, groups: 3, newFaces: 0, movedFaces: 0 });
    expect(await waiting()).toEqual(before);
  });

  test('that is ended leaves the groups as they were', async () => {
    await addFacesOf(0, 4);
    const before = await waiting();
    await addFacesOf(0, 4);
    const reason = new Error('enough');
    await expect(groups.refresh({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const ended = groups.regroup({ signal: controller.signal, onProgress: () => controller.abort(reason) });
    await expect(ended).rejects.toBe(reason);
    const { rows } = await context.db.executeQuery<{ face_id: string }>(
      context.db.selectFrom('face_group_members').select('face_id').where('library_id', '=', context.libraryId).compile(),
    );
    expect(rows.map(({ face_id }) => face_id).toSorted()).toEqual([...before.values()].flat().toSorted());
  });

  test('takes a group apart that was said to hold two people: most stay', async () => {
    const faces = await addFacesOf(0, 5);
    const group = await groupOf(faces[0]!);
    const [ada, bob] = [
      (await library.people.create({ displayName: 'Ada' })).personId,
      (await library.people.create({ displayName: 'Bob' })).personId,
    ];
    await library.labels.confirmMany({ faceIds: faces.slice(0, 2), personId: ada, actor });
    await library.labels.confirm({ faceId: faces[2]!, personId: bob, actor });
    const { items } = await groups.list();
    expect(items).toEqual([
      expect.objectContaining({ groupId: group, faces: 2, namedFaces: 2, person: expect.objectContaining({ personId: ada }) }),
    ]);
  });

  test('of faces saved twice at once by two writers ends in one group', async () => {
    await addFacesOf(0, 4);
    const other = createGroups(context);
    await Promise.all([groups.refresh(), other.refresh()]);
    expect((await waiting()).size).toBe(1);
  });
});

test('groups keep their ids when another embedding space takes its place', async () => {
  const [ada, bob] = [await addFacesOf(0, 4), await addFacesOf(1, 3)];
  const before = await waiting();
  const other = { ...clusterSpace, name: 'another-128d' };
  await addFaces(context, other, [{ vectors: [look(2)] }]);
  await sql`
    INSERT INTO face_embeddings (face_id, library_id, space_id, dimension, embedding)
    SELECT face_id, library_id, (SELECT space_id FROM embedding_spaces WHERE name = ${other.name}), dimension, embedding
    FROM face_embeddings WHERE face_id = ANY (${[...ada, ...bob]}::uuid[])`.execute(context.db);
  await createEmbeddingSpaces(context).use({ space: other.name, actor });
  const after = await waiting();
  for (const [groupId, faceIds] of before) expect(after.get(groupId)).toEqual(faceIds);
  expect(after.size).toBe(before.size + 1);
});

describe('two faces of one photo', () => {
  test('are never in one group, though they look alike', async () => {
    const [[left, right]] = (await addPhotosOf([0, 0])) as [[string, string]];
    await addFacesOf(0, 3);
    expect(await groupOf(left)).not.toBe(await groupOf(right));
  });
});

describe('name', () => {
  test('confirms all faces of the group as one batch, which can be undone with the person it made', async () => {
    const faces = await addFacesOf(0, 4);
    const group = await groupOf(faces[0]!);
    const named = await groups.name(group, { name: 'Ada', actor });
    expect(named.faceIds).toEqual(faces.toSorted());
    expect(await labelOf(context, faces[0]!)).toBe('Ada: human_confirmed');
    expect(await groups.list(everything)).toMatchObject({ items: [] });
    await library.labels.undo({ batchId: named.batchId, actor });
    expect(await labelOf(context, faces[0]!)).toBeNull();
    expect(await library.people.findByName('Ada')).toBeNull();
    expect(await groupOf(faces[0]!)).toBe(group);
  });

  test('takes some of the faces, by a person or by a name that is known', async () => {
    const faces = await addFacesOf(0, 4);
    const { personId } = await library.people.create({ displayName: 'Ada' });
    const group = await groupOf(faces[0]!);
    await groups.name(group, { personId, faceIds: faces.slice(0, 1), actor });
    const { items } = await groups.list();
    expect(items).toEqual([expect.objectContaining({ faces: 3, namedFaces: 1, person: { personId, displayName: 'Ada' } })]);
    expect(await groups.name(group, { name: 'ada', actor })).toMatchObject({ personId, leftOutFaceIds: [] });
  });

  test('leaves out a face whose photo shows the person already', async () => {
    const [[adaId, twin]] = (await addPhotosOf([0, 1])) as [[string, string]];
    const [other] = await addFacesOf(1, 1);
    const group = await groupOf(twin);
    const { personId } = await library.people.create({ displayName: 'Ada' });
    await library.labels.confirm({ faceId: adaId, personId, actor });
    expect(await groups.name(group, { personId, actor })).toMatchObject({ faceIds: [other], leftOutFaceIds: [twin] });
  });

  test('refuses what it cannot do, and changes nothing', async () => {
    const [[face], [stranger]] = [await addFacesOf(0, 2), await addFacesOf(1, 1)];
    const group = await groupOf(face!);
    await expect(groups.name(newId(), { name: 'Ada', actor })).rejects.toEqual(code('GROUP_NOT_FOUND'));
    await expect(groups.name('x', { name: 'Ada', actor })).rejects.toEqual(code('GROUP_NOT_FOUND'));
    await expect(groups.name(group, { actor })).rejects.toEqual(code('INVALID_INPUT'));
    await expect(groups.name(group, { personId: newId(), actor })).rejects.toEqual(code('PERSON_NOT_FOUND'));
    await expect(groups.name(group, { name: 'Ada', faceIds: [stranger!], actor })).rejects.toEqual(code('INVALID_INPUT'));
    await expect(groups.name(group, { name: 'Ada', actor: '' })).rejects.toEqual(code('INVALID_INPUT'));
    expect(await library.people.findByName('Ada')).toBeNull();
  });
});

describe('takeOut', () => {
  test('sticks, also when all is grouped anew', async () => {
    const faces = await addFacesOf(0, 5);
    const group = await groupOf(faces[0]!);
    await groups.takeOut([faces[4]!], { actor });
    expect(await groupOf(faces[4]!)).not.toBe(group);
    await addFacesOf(0, 2);
    await groups.regroup();
    expect(await groupOf(faces[0]!)).toBe(group);
    expect(await groupOf(faces[4]!)).not.toBe(group);
  });

  test('is taken back by a merge', async () => {
    const faces = await addFacesOf(0, 4);
    await groups.refresh();
    await groups.takeOut([faces[3]!], { actor });
    await groups.merge([await groupOf(faces[0]!), await groupOf(faces[3]!)], { actor });
    await groups.regroup();
    expect(await groupOf(faces[3]!)).toBe(await groupOf(faces[0]!));
  });

  test('is taken back by an undo, and said again by the undo of that', async () => {
    const faces = await addFacesOf(0, 5);
    const group = await groupOf(faces[0]!);
    const { batchId } = await groups.takeOut([faces[1]!, faces[4]!], { actor });
    await groups.refresh();
    const undone = await library.labels.undo({ batchId, actor });
    expect((await waiting()).get(group)).toEqual(faces.toSorted());
    await groups.regroup();
    expect((await waiting()).get(group)).toEqual(faces.toSorted());
    await library.labels.undo({ batchId: undone.batchId, actor });
    expect((await waiting()).get(group)).toEqual([faces[0]!, faces[2]!, faces[3]!].toSorted());
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('stands once in the history of a face, whoever it was parted from', async () => {
    const faces = await addFacesOf(0, 5);
    await groups.refresh();
    const { batchId, events } = await groups.takeOut([faces[4]!], { actor });
    expect(events).toBe(4);
    for (const faceId of faces) {
      expect(await library.labels.history({ faceId })).toMatchObject([{ batchId, kind: 'pair_set', actor }]);
    }
  });

  test('refuses a face of no group, and to leave nobody', async () => {
    const faces = await addFacesOf(0, 2);
    await expect(groups.takeOut([faces[0]!], { actor })).rejects.toEqual(code('FACE_NOT_FOUND'));
    await groups.refresh();
    await expect(groups.takeOut([newId()], { actor })).rejects.toEqual(code('FACE_NOT_FOUND'));
    await expect(groups.takeOut(faces, { actor })).rejects.toEqual(code('INVALID_INPUT'));
  });
});

describe('merge', () => {
  test('makes one group of people who look different, also when all is grouped anew', async () => {
    const [child, adult] = [await addFacesOf(0, 3), await addFacesOf(1, 4)];
    const kept = await groupOf(adult[0]!);
    expect(await groups.merge([await groupOf(child[0]!), kept], { actor })).toMatchObject({ groupId: kept, events: 1 });
    await groups.regroup();
    expect((await waiting()).get(kept)).toEqual([...child, ...adult].toSorted());
    const [later] = await addFacesOf(0, 1);
    expect(await groupOf(later!)).toBe(kept);
  });

  test('is taken back by an undo: the groups are what they were, and one again when that is undone', async () => {
    const sets = [await addFacesOf(0, 3), await addFacesOf(1, 4), await addFacesOf(2, 2)];
    const ids = [];
    for (const [face] of sets) ids.push(await groupOf(face!));
    const before = await waiting();
    const first = await groups.merge([ids[0]!, ids[2]!], { actor });
    const second = await groups.merge([ids[0]!, ids[1]!], { actor });
    expect((await waiting()).get(second.groupId)).toEqual(sets.flat().toSorted());
    const undone = await library.labels.undo({ batchId: second.batchId, actor });
    await groups.refresh();
    expect((await waiting()).get(ids[1]!)).toEqual(sets[1]!.toSorted());
    expect((await waiting()).get(ids[0]!)).toEqual([...sets[0]!, ...sets[2]!].toSorted());
    await library.labels.undo({ batchId: undone.batchId, actor });
    expect((await waiting()).get(second.groupId)).toEqual(sets.flat().toSorted());
    for (const { batchId } of [second, first]) await library.labels.undo({ batchId, actor });
    expect(await waiting()).toEqual(before);
    await groups.regroup();
    expect(await waiting()).toEqual(before);
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('refuses groups that stand in one photo, or are named differently', async () => {
    const [[ada, bob]] = (await addPhotosOf([0, 1])) as [[string, string]];
    await expect(groups.merge([await groupOf(ada), await groupOf(bob)], { actor })).rejects.toEqual(code('GROUPS_APART'));
    const [cleo, dora] = [await addFacesOf(2, 2), await addFacesOf(3, 2)];
    const both = [await groupOf(cleo[0]!), await groupOf(dora[0]!)];
    for (const [name, faceIds] of [
      ['Cleo', cleo],
      ['Dora', dora],
    ] as const) {
      const { personId } = await library.people.create({ displayName: name });
      await library.labels.confirm({ faceId: faceIds[0]!, personId, actor });
    }
    await expect(groups.merge(both, { actor })).rejects.toEqual(code('GROUPS_APART'));
    await expect(groups.merge([both[0]!], { actor })).rejects.toEqual(code('INVALID_INPUT'));
    await expect(groups.merge([both[0]!, newId()], { actor })).rejects.toEqual(code('GROUP_NOT_FOUND'));
  });
});

test('strangers leave the list, and come back by undo', async () => {
  const faces = await addFacesOf(0, 3);
  const group = await groupOf(faces[0]!);
  const { batchId } = await groups.ignore(group, { actor });
  expect(await groups.list()).toEqual({ items: [], nextCursor: null });
  await library.labels.undo({ batchId, actor });
  expect((await waiting()).get(group)).toEqual(faces.toSorted());
  await expect(groups.ignore(newId(), { actor })).rejects.toEqual(code('GROUP_NOT_FOUND'));
});
