import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findReplayDifferences, readCurrentState } from '../src/identity/replay.ts';
import type { Labels, People } from '../src/index.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { newId } from '../src/values/new-id.ts';
import { addPhotos, guess, imported, labelOf, openSampleLibrary } from './support/sample-library.ts';

let opened: TestLibrary;
let context: LibraryContext;
let people: People;
let labels: Labels;
let anna: string;
let faces: string[];
const actor = 'mia';
const code = (expected: string) => expect.objectContaining({ code: expected });

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

beforeEach(async () => {
  await opened.clear();
  ({ context } = opened);
  ({ people, labels } = opened.library);
  anna = (await people.create({ displayName: 'Anna', aliases: ['Ann'], birthDate: '1980-01-01', actor })).personId;
  faces = (await addPhotos(context, [1, 1, 1, 2])).flat();
});

async function brokenChecks(): Promise<string[]> {
  return (await opened.library.diagnose()).filter(({ status }) => status === 'error').map(({ check }) => check);
}

describe('removing a person', () => {
  test('who was made by mistake leaves nobody, and undoing it gives back the same person', async () => {
    const before = await people.get(anna);
    const removed = await people.remove(anna, { actor });
    expect(removed).toEqual({ batchId: expect.any(String), events: 1, unlabelledFaces: 0 });
    expect(await people.find(anna)).toBeNull();
    expect((await people.list({ includeHidden: true })).total).toBe(0);
    expect(await people.findByName('Ann')).toBeNull();
    expect(await brokenChecks()).toEqual([]);

    const undone = await labels.undo({ batchId: removed.batchId, actor });
    expect(await people.get(anna)).toEqual({ ...before, eventId: expect.any(String) });
    await labels.undo({ batchId: undone.batchId, actor });
    expect(await people.find(anna)).toBeNull();
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('whose name stands on faces is refused, which says on how many, and changes nothing', async () => {
    await labels.confirm({ faceId: faces[0]!, personId: anna, actor });
    await labels.apply({ faceId: faces[1]!, personId: anna, ...guess });
    const refused = await people.remove(anna, { actor }).catch((error) => error);
    expect(refused).toMatchObject({ code: 'PERSON_HAS_LABELS', details: { personId: anna, facesCount: 2 } });
    expect(refused.message).toContain('2 faces');
    expect(await labelOf(context, faces[0]!)).toBe('Anna: human_confirmed');
  });

  test('together with all that was said about them is one batch, and one undo brings all of it back', async () => {
    await labels.confirm({ faceId: faces[0]!, personId: anna, actor });
    await labels.apply({ faceId: faces[1]!, personId: anna, ...imported });
    await labels.reject({ faceId: faces[2]!, personId: anna, actor });
    await labels.confirm({ faceId: faces[3]!, personId: anna, actor });
    await labels.confirm({ faceId: faces[4]!, personId: anna, actor, allowSamePhoto: true });
    await people.update(anna, { coverFaceId: faces[1]!, hidden: true });
    const before = await readCurrentState(context);

    const removed = await people.remove(anna, { unlabel: true, actor });
    expect(removed).toMatchObject({ events: 6, unlabelledFaces: 4 });
    expect(await Promise.all(faces.map((face) => labelOf(context, face)))).toEqual([null, null, null, null, null]);
    const kinds = (await labels.history({ personId: anna })).slice(0, 6).map((event) => event.kind);
    expect(kinds.toSorted()).toEqual([...Array(4).fill('label_cleared'), 'person_removed', 'rejection_cleared']);
    expect(await brokenChecks()).toEqual([]);

    await labels.undo({ batchId: removed.batchId, actor });
    expect(await readCurrentState(context)).toEqual(before);
    expect(await brokenChecks()).toEqual([]);
  });

  test('takes everybody along who was merged into them, over several merges, and brings them back merged', async () => {
    const [nan, nana] = await Promise.all(['Nan', 'Nana'].map((displayName) => people.create({ displayName, actor })));
    await labels.confirm({ faceId: faces[0]!, personId: nan!.personId, actor });
    const first = await people.merge({ fromId: nan!.personId, intoId: nana!.personId, actor });
    const second = await people.merge({ fromId: nana!.personId, intoId: anna, actor });
    const before = await readCurrentState(context);

    const removed = await people.remove(anna, { unlabel: true, actor });
    for (const { personId } of [nan!, nana!]) expect(await people.find(personId)).toBeNull();
    await expect(labels.undo({ batchId: second.batchId, actor })).rejects.toThrow(code('UNDO_CONFLICT'));
    expect(await brokenChecks()).toEqual([]);

    await labels.undo({ batchId: removed.batchId, actor });
    expect(await readCurrentState(context)).toEqual(before);
    await labels.undo({ batchId: second.batchId, actor });
    await labels.undo({ batchId: first.batchId, actor });
    expect(await labelOf(context, faces[0]!)).toBe('Nan: human_confirmed');
  });

  test('who was merged into another is refused, and names the other', async () => {
    const { personId: nan } = await people.create({ displayName: 'Nan', actor });
    await people.merge({ fromId: nan, intoId: anna, actor });
    await expect(people.remove(nan, { actor })).rejects.toMatchObject({ code: 'PERSON_MERGED', details: { personId: anna } });
  });

  test('leaves a name in every error about them of who did it and what undoes it', async () => {
    const { personId: bert } = await people.create({ displayName: 'Bert', actor });
    const { batchId } = await people.remove(anna, { actor });
    const calls = [
      () => people.get(anna),
      () => people.rename(anna, 'Hannah'),
      () => people.remove(anna, { actor }),
      () => people.merge({ fromId: anna, intoId: bert, actor }),
      () => people.merge({ fromId: bert, intoId: anna, actor }),
      () => labels.confirm({ faceId: faces[0]!, personId: anna, actor }),
      () => labels.reject({ faceId: faces[0]!, personId: anna.toUpperCase(), actor }),
      () => labels.apply({ faceId: faces[0]!, personId: anna, ...guess }),
    ];
    for (const call of calls) {
      const error = await call().catch((thrown) => thrown);
      expect(error).toMatchObject({ code: 'PERSON_NOT_FOUND', remedy: expect.stringContaining(batchId) });
      expect(error.remedy).toContain(`'${actor}'`);
    }
    await expect(people.get(newId())).rejects.toMatchObject({ code: 'PERSON_NOT_FOUND', remedy: null });
  });

  test('cannot be undone after one of the faces was named otherwise', async () => {
    const { personId: bert } = await people.create({ displayName: 'Bert', actor });
    await labels.confirm({ faceId: faces[0]!, personId: anna, actor });
    const removed = await people.remove(anna, { unlabel: true, actor });
    const named = await labels.confirm({ faceId: faces[0]!, personId: bert, actor });
    await expect(labels.undo({ batchId: removed.batchId, actor })).rejects.toThrow(code('UNDO_CONFLICT'));
    await labels.undo({ batchId: named.batchId, actor });
    await labels.undo({ batchId: removed.batchId, actor });
    expect(await labelOf(context, faces[0]!)).toBe('Anna: human_confirmed');
  });

  test.each([{ actor: '' }, {} as { actor: string }])('is refused without somebody who does it: %o', async (options) => {
    await expect(people.remove(anna, options)).rejects.toThrow(code('INVALID_INPUT'));
  });

  test('of another library is refused', async () => {
    const other = await openSampleLibrary(context);
    const theirs = await other.people.create({ displayName: 'Anna', actor });
    await expect(people.remove(theirs.personId, { actor })).rejects.toThrow(code('PERSON_NOT_FOUND'));
    await other.people.remove(theirs.personId, { actor });
    await expect(people.get(theirs.personId)).rejects.toMatchObject({ remedy: null });
  });
});
