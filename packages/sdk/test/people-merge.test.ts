import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findReplayDifferences } from '../src/identity/replay.ts';
import type { Labels, People } from '../src/index.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addPhotos, guess, imported, labelOf, openSampleLibrary } from './support/sample-library.ts';

let opened: TestLibrary;
let context: LibraryContext;
let people: People;
let labels: Labels;
let nan: string;
let anna: string;
let photos: string[][];
const actor = 'mia';
const code = (expected: string) => expect.objectContaining({ code: expected });

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

beforeEach(async () => {
  ({ context, people, labels } = await openSampleLibrary(opened.context));
  nan = (await people.create({ displayName: 'Nan' })).personId;
  anna = (await people.create({ displayName: 'Anna' })).personId;
  photos = await addPhotos(context, [2, 2, 1]);
});

const merge = () => people.merge({ fromId: nan, intoId: anna, actor });

describe('merging two people', () => {
  test('moves every label in one batch, and one undo brings everything back', async () => {
    const [[a], [b], [c]] = photos as [[string], [string], [string]];
    await labels.confirm({ faceId: a, personId: nan, actor });
    await labels.apply({ faceId: b, personId: nan, ...imported });
    await labels.apply({ faceId: c, personId: nan, ...guess });
    const merged = await merge();
    expect(merged).toEqual({ batchId: expect.any(String), events: 4, movedFaces: 3 });
    expect(await Promise.all([a, b, c].map((face) => labelOf(context, face)))).toEqual([
      'Anna: human_confirmed',
      'Anna: imported',
      'Anna: model_guess',
    ]);
    expect(await people.get(nan)).toMatchObject({ mergedInto: anna, facesCount: 0 });
    expect(await people.get(anna)).toMatchObject({ facesCount: 3, photosCount: 3 });

    await labels.undo({ batchId: merged.batchId, actor });
    expect(await Promise.all([a, b, c].map((face) => labelOf(context, face)))).toEqual([
      'Nan: human_confirmed',
      'Nan: imported',
      'Nan: model_guess',
    ]);
    expect(await people.get(nan)).toMatchObject({ mergedInto: null, facesCount: 3 });
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('carries "not this person" over, and a guess that contradicts it goes', async () => {
    const [[a], [b], [c]] = photos as [[string], [string], [string]];
    await labels.reject({ faceId: a, personId: nan, actor });
    await labels.reject({ faceId: b, personId: nan, actor });
    await labels.apply({ faceId: b, personId: anna, ...guess });
    await labels.reject({ faceId: c, personId: anna, actor });
    await labels.confirm({ faceId: c, personId: nan, actor });
    const { batchId } = await merge();
    await expect(labels.apply({ faceId: a, personId: anna, ...guess })).rejects.toThrow(code('FACE_REJECTED_PERSON'));
    expect(await labelOf(context, b)).toBeNull();
    expect(await labelOf(context, c)).toBe('Anna: human_confirmed');
    await labels.undo({ batchId, actor });
    expect(await labelOf(context, b)).toBe('Anna: model_guess');
    expect((await labels.reject({ faceId: a, personId: nan, actor })).events).toBe(0);
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('is refused when both stand in a photo, which is named, unless that is allowed', async () => {
    const [[a, b]] = photos as [[string, string]];
    await labels.confirm({ faceId: a, personId: nan, actor });
    await labels.confirm({ faceId: b, personId: anna, actor });
    const { photo_id } = await context.db
      .selectFrom('faces')
      .select('photo_id')
      .where('face_id', '=', a)
      .executeTakeFirstOrThrow();
    await expect(merge()).rejects.toMatchObject({ code: 'PERSON_ALREADY_IN_PHOTO', details: { photoIds: [photo_id] } });
    expect(await labelOf(context, a)).toBe('Nan: human_confirmed');

    const merged = await people.merge({ fromId: nan, intoId: anna, actor, allowSamePhoto: true });
    expect(merged.movedFaces).toBe(1);
    expect(await labelOf(context, a)).toBe('Anna: human_confirmed');
    await labels.undo({ batchId: merged.batchId, actor });
    expect(await labelOf(context, a)).toBe('Nan: human_confirmed');
  });

  test.each([
    { desc: 'a guess of the one yields to the other', from: guess, into: imported, kept: [null, 'Anna: imported'] },
    { desc: 'a guess of the other yields too', from: imported, into: guess, kept: ['Anna: imported', null] },
    {
      desc: 'the more certain of two guesses stays',
      from: { ...guess, confidence: 0.99 },
      into: guess,
      kept: ['Anna: model_guess', null],
    },
  ])('in one photo, $desc', async ({ from, into, kept }) => {
    const [[a, b]] = photos as [[string, string]];
    await labels.apply({ faceId: a, personId: nan, ...from });
    await labels.apply({ faceId: b, personId: anna, ...into });
    await merge();
    expect(await Promise.all([a, b].map((face) => labelOf(context, face)))).toEqual(kept);
  });

  test('with itself is refused, directly and through earlier merges', async () => {
    await expect(people.merge({ fromId: anna, intoId: anna, actor })).rejects.toThrow(code('MERGE_WITH_SELF'));
    await merge();
    await expect(people.merge({ fromId: anna, intoId: nan, actor })).rejects.toThrow(code('MERGE_WITH_SELF'));
    expect(await people.get(anna)).toMatchObject({ mergedInto: null });
  });

  test('happens once: a merged person cannot be merged or renamed, and says where it went', async () => {
    await merge();
    const again = await merge().catch((error) => error);
    expect(again).toMatchObject({ code: 'PERSON_MERGED', details: { personId: anna } });
    await expect(people.rename(nan, 'Nanna')).rejects.toThrow(code('PERSON_MERGED'));
  });

  test('naming the merged person names the survivor, over several merges', async () => {
    const { personId: hannah } = await people.create({ displayName: 'Hannah' });
    await merge();
    await people.merge({ fromId: anna, intoId: hannah, actor });
    const [[a], [b], [c]] = photos as [[string], [string], [string]];
    await labels.confirm({ faceId: a, personId: nan, actor });
    await labels.apply({ faceId: b, personId: nan, ...guess });
    await labels.reject({ faceId: c, personId: nan, actor });
    expect(await labelOf(context, a)).toBe('Hannah: human_confirmed');
    expect(await labelOf(context, b)).toBe('Hannah: model_guess');
    await expect(labels.apply({ faceId: c, personId: hannah, ...guess })).rejects.toThrow(code('FACE_REJECTED_PERSON'));
  });

  test('cannot be undone after its labels went on, and can when they came back', async () => {
    const [[a]] = photos as [[string]];
    const { personId: hannah } = await people.create({ displayName: 'Hannah' });
    await labels.confirm({ faceId: a, personId: nan, actor });
    const first = await merge();
    const second = await people.merge({ fromId: anna, intoId: hannah, actor });
    await expect(labels.undo({ batchId: first.batchId, actor })).rejects.toThrow(code('UNDO_CONFLICT'));
    await labels.undo({ batchId: second.batchId, actor });
    await labels.undo({ batchId: first.batchId, actor });
    expect(await labelOf(context, a)).toBe('Nan: human_confirmed');
  });

  test('redone into a person that was merged the other way round meanwhile is refused', async () => {
    const first = await merge();
    const undone = await labels.undo({ batchId: first.batchId, actor });
    await people.merge({ fromId: anna, intoId: nan, actor });
    await expect(labels.undo({ batchId: undone.batchId, actor })).rejects.toThrow(code('UNDO_CONFLICT'));
  });

  test('before another merge is undone and redone: who was merged into one that went on follows', async () => {
    const { personId: hannah } = await people.create({ displayName: 'Hannah' });
    const first = await merge();
    await people.merge({ fromId: anna, intoId: hannah, actor });
    const undone = await labels.undo({ batchId: first.batchId, actor });
    expect(await people.get(nan)).toMatchObject({ mergedInto: null });
    const redone = await labels.undo({ batchId: undone.batchId, actor });
    expect(await people.get(nan)).toMatchObject({ mergedInto: anna });
    const [[a]] = photos as [[string]];
    await labels.confirm({ faceId: a, personId: nan, actor });
    expect(await labelOf(context, a)).toBe('Hannah: human_confirmed');
    await labels.undo({ batchId: redone.batchId, actor });
    expect(await people.get(nan)).toMatchObject({ mergedInto: null });
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('redone while a new label would be left behind is refused', async () => {
    const [[a]] = photos as [[string]];
    const first = await merge();
    const undone = await labels.undo({ batchId: first.batchId, actor });
    await labels.confirm({ faceId: a, personId: nan, actor });
    await expect(labels.undo({ batchId: undone.batchId, actor })).rejects.toThrow(code('UNDO_CONFLICT'));
  });
});
