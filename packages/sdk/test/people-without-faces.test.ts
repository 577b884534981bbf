import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findReplayDifferences } from '../src/identity/replay.ts';
import type { PhotoFilter } from '../src/index.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { searchLibrary } from '../src/search/search-library.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { newId } from '../src/values/new-id.ts';
import { addPhotos, guess, openSampleLibrary } from './support/sample-library.ts';

const actor = 'mia';
const code = (expected: string) => expect.objectContaining({ code: expected });

let opened: TestLibrary;
let context: LibraryContext;
let library: Awaited<ReturnType<typeof openSampleLibrary>>;
let anna: string;
let bert: string;
/** Photos with one face each, and those faces. */
let photos: string[];
let faces: string[];

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

beforeEach(async () => {
  library = await openSampleLibrary(opened.context);
  context = library.context;
  anna = (await library.people.create({ displayName: 'Anna', actor })).personId;
  bert = (await library.people.create({ displayName: 'Bert', actor })).personId;
  faces = (await addPhotos(context, [1, 1, 1])).map(([face]) => face!);
  photos = await Promise.all(faces.map(photoOf));
});

async function photoOf(faceId: string): Promise<string> {
  const { rows } = await sql<{ photoId: string }>`SELECT photo_id AS "photoId" FROM faces WHERE face_id = ${faceId}`.execute(
    context.db,
  );
  return rows[0]!.photoId;
}

/** Which of the photos are found, by their numbers. */
async function found(filter: PhotoFilter): Promise<number[]> {
  const { items } = await library.photos.list(filter);
  return items.map(({ photoId }) => photos.indexOf(photoId)).sort();
}

const confirm = (photo: number, personId: string) => library.labels.confirmPhoto({ photoId: photos[photo]!, personId, actor });
const clear = (photo: number, personId: string) => library.labels.clearPhoto({ photoId: photos[photo]!, personId, actor });
const confirmFace = (photo: number, personId: string) => library.labels.confirm({ faceId: faces[photo]!, personId, actor });

describe('a person without a face', () => {
  test('is found as those with one are', async () => {
    await confirm(0, anna);
    await confirmFace(0, bert);
    await confirmFace(1, anna);
    expect(await found({ personId: anna })).toEqual([0, 1]);
    expect(await found({ personId: [anna, bert] })).toEqual([0]);
    expect(await found({ personId: anna, withoutPersonId: bert })).toEqual([1]);
    expect(await found({ withoutPersonId: anna })).toEqual([2]);
    expect(await found({ q: 'anna' })).toEqual([0, 1]);
    const hits = await searchLibrary(context, { q: 'anna' });
    expect(hits.filter(({ kind }) => kind === 'photo')).toHaveLength(2);
  });

  test('counts among the photos of the person, once however often it is said', async () => {
    await confirm(0, anna);
    await confirmFace(0, anna);
    await confirm(1, anna);
    expect(await library.people.get(anna)).toMatchObject({ facesCount: 1, photosCount: 2, coverFaceId: faces[0] });
    expect((await library.photos.getWithFaces(photos[1]!)).people).toEqual([
      { personId: anna, displayName: 'Anna', eventId: expect.any(String) },
    ]);
  });

  test('is journalled once, taken back and undone', async () => {
    const { batchId, events } = await confirm(0, anna);
    expect(events).toBe(1);
    expect(await confirm(0, anna)).toMatchObject({ events: 0 });
    const [entry] = await library.labels.history({ personId: anna });
    expect(entry).toMatchObject({ kind: 'photo_labelled', photoId: photos[0], personId: anna, faceId: null, actor });
    const cleared = await clear(0, anna);
    expect(await found({ personId: anna })).toEqual([]);
    await library.labels.undo({ batchId: cleared.batchId, actor });
    expect(await found({ personId: anna })).toEqual([0]);
    await library.labels.undo({ batchId, actor });
    expect(await found({ personId: anna })).toEqual([]);
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('moves with a merge, and comes back with its undo', async () => {
    await confirm(0, anna);
    await confirm(1, anna);
    await confirm(1, bert);
    const { batchId } = await library.people.merge({ fromId: anna, intoId: bert, actor });
    expect(await found({ personId: bert })).toEqual([0, 1]);
    expect(await findReplayDifferences(context)).toEqual([]);
    await library.labels.undo({ batchId, actor });
    expect(await found({ personId: anna })).toEqual([0, 1]);
    expect(await found({ personId: bert })).toEqual([1]);
  });

  test('stands for the survivor of a merge', async () => {
    await library.people.merge({ fromId: anna, intoId: bert, actor });
    await confirm(2, anna);
    expect(await found({ personId: bert })).toEqual([2]);
  });

  test('goes with the person, and comes back with them', async () => {
    await confirm(0, anna);
    await expect(library.people.remove(anna, { actor })).rejects.toThrow("'Anna' cannot be removed: 1 photo carries the name.");
    const { batchId } = await library.people.remove(anna, { unlabel: true, actor });
    expect(await found({ q: 'anna' })).toEqual([]);
    await library.labels.undo({ batchId, actor });
    expect(await found({ personId: anna })).toEqual([0]);
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('cannot come back on a person who is gone', async () => {
    const { batchId } = await confirm(0, anna);
    const cleared = await clear(0, anna);
    await library.people.remove(anna, { actor });
    await expect(library.labels.undo({ batchId: cleared.batchId, actor })).rejects.toEqual(code('UNDO_CONFLICT'));
    await expect(library.labels.undo({ batchId, actor })).rejects.toEqual(code('UNDO_CONFLICT'));
  });

  test('is refused for photos and people that are not there', async () => {
    await expect(library.labels.confirmPhoto({ photoId: newId(), personId: anna, actor })).rejects.toEqual(
      code('PHOTO_NOT_FOUND'),
    );
    await expect(library.labels.confirmPhoto({ photoId: 'x', personId: anna, actor })).rejects.toEqual(code('PHOTO_NOT_FOUND'));
    await expect(confirm(0, newId())).rejects.toEqual(code('PERSON_NOT_FOUND'));
    await expect(library.labels.confirmPhoto({ photoId: photos[0]!, personId: anna, actor: '' })).rejects.toEqual(
      code('INVALID_INPUT'),
    );
  });
});

describe('exactly these people', () => {
  test('are those and nobody else who has a name', async () => {
    await confirmFace(0, anna);
    await confirm(0, bert);
    await confirmFace(1, anna);
    expect(await found({ exactPersonId: anna })).toEqual([1]);
    expect(await found({ exactPersonId: [anna, bert] })).toEqual([0]);
    expect(await found({ exactPersonId: bert })).toEqual([]);
    expect(await found({ exactPersonId: [] })).toEqual([2]);
  });

  test('may stand among faces without a name, but not beside a guess', async () => {
    const [[first, second]] = (await addPhotos(context, [2])) as [[string, string]];
    photos.push(await photoOf(first));
    await library.labels.confirm({ faceId: first, personId: anna, actor });
    expect(await found({ exactPersonId: anna })).toEqual([3]);
    await library.labels.ignore({ faceIds: [second], actor });
    expect(await found({ exactPersonId: anna })).toEqual([3]);
    await library.labels.ignore({ faceIds: [second], ignored: false, actor });
    await library.labels.apply({ faceId: second, personId: bert, ...guess });
    expect(await found({ exactPersonId: anna })).toEqual([]);
  });

  test('are refused when no id names them', async () => {
    await expect(library.photos.list({ exactPersonId: 'anna' })).rejects.toEqual(code('INVALID_INPUT'));
  });
});
