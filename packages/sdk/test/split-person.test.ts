import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCurrentState } from '../src/identity/replay.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addFaces } from './support/face-bank.ts';
import { addPhotos, guess, imported, labelOf, openSampleLibrary } from './support/sample-library.ts';
import { sampleSpace } from './support/sample-photos.ts';

const actor = 'mia';

let opened: TestLibrary;
beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

async function openAda(facesPerPhoto: readonly number[]) {
  const library = await openSampleLibrary(opened.context);
  const faces = await addPhotos(library.context, facesPerPhoto);
  const { personId } = await library.people.create({ displayName: 'Ada', actor });
  return { ...library, faces, personId };
}

describe('splitting a person', () => {
  test('gives faces to a new person, and one undo takes all of it back', async () => {
    const { context, people, labels, faces, personId } = await openAda([1, 1, 1]);
    const faceIds = faces.flat();
    await labels.confirmMany({ faceIds, personId, actor });
    await people.update(personId, { coverFaceId: faceIds[0]! }, { actor });
    const before = await readCurrentState(context);
    const split = await people.split({ fromId: personId, faceIds: faceIds.slice(0, 2), displayName: 'Ada', actor });
    expect(split).toMatchObject({ movedFaces: 2, events: 4 });
    expect(split.personId).not.toBe(personId);
    expect(await people.get(personId)).toMatchObject({ facesCount: 1, coverFaceId: faceIds[2] });
    expect(await people.get(split.personId)).toMatchObject({ displayName: 'Ada', facesCount: 2 });
    await labels.undo({ batchId: split.batchId, actor });
    expect(await readCurrentState(context)).toEqual(before);
  });

  test('gives faces to somebody who is there; repeated, it changes nothing', async () => {
    const { people, labels, faces, personId } = await openAda([1, 1]);
    const faceIds = faces.flat();
    const bert = await people.create({ displayName: 'Bert', actor });
    await labels.apply({ faceId: faceIds[0]!, personId, ...imported });
    await labels.confirm({ faceId: faceIds[1]!, personId, actor });
    const options = { fromId: personId, faceIds: [faceIds[0]!], intoId: bert.personId, actor };
    expect(await people.split(options)).toMatchObject({ personId: bert.personId, movedFaces: 1 });
    expect(await people.split(options)).toMatchObject({ events: 0, movedFaces: 0 });
    expect(await Promise.all(faceIds.map((faceId) => labelOf(opened.context, faceId)))).toEqual([
      'Bert: human_confirmed',
      'Ada: human_confirmed',
    ]);
  });

  test('leaves rejections of others and faces that are set aside as they are', async () => {
    const { context, people, labels, faces, personId } = await openAda([1]);
    const faceId = faces[0]![0]!;
    const [bert, cleo] = [await people.create({ displayName: 'Bert' }), await people.create({ displayName: 'Cleo' })];
    await labels.reject({ faceId, personId: bert.personId, actor });
    await labels.reject({ faceId, personId: cleo.personId, actor });
    await labels.confirm({ faceId, personId, actor });
    await labels.ignore({ faceIds: [faceId], reason: 'unclear', actor });
    await people.split({ fromId: personId, faceIds: [faceId], intoId: bert.personId, actor });
    const { rejections, ignored, labels: standing } = await readCurrentState(context);
    expect(standing.get(faceId)).toMatchObject({ personId: bert.personId });
    expect(rejections.get(faceId)).toEqual(new Set([cleo.personId]));
    expect(ignored.get(faceId)).toEqual({ ignored: true, reason: 'unclear' });
  });

  test('refuses what contradicts what is known, and changes nothing', async () => {
    const { context, people, labels, faces, personId } = await openAda([2, 1]);
    const [first, second] = faces[0]!;
    const bert = await people.create({ displayName: 'Bert', actor });
    await labels.confirm({ faceId: first!, personId, actor });
    await labels.confirm({ faceId: second!, personId: bert.personId, actor });
    const before = await readCurrentState(context);
    const split = (options: object) =>
      people.split({ fromId: personId, faceIds: [first!], intoId: bert.personId, actor, ...options });
    await expect(split({})).rejects.toMatchObject({ code: 'PERSON_ALREADY_IN_PHOTO' });
    await expect(split({ faceIds: [second!], intoId: undefined, displayName: 'New' })).rejects.toMatchObject({
      code: 'LABEL_CHANGED',
    });
    await expect(split({ faceIds: faces[1] })).rejects.toMatchObject({ code: 'LABEL_CHANGED' });
    await expect(split({ faceIds: [] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(split({ displayName: 'Both' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(split({ intoId: personId })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(split({ faces: [first] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(split({ revision: bert.eventId, allowSamePhoto: true })).rejects.toMatchObject({ code: 'PERSON_CHANGED' });
    await expect(split({ revisions: { [first!]: null }, allowSamePhoto: true })).rejects.toMatchObject({ code: 'LABEL_CHANGED' });
    expect(await readCurrentState(context)).toEqual(before);
    expect(await split({ allowSamePhoto: true })).toMatchObject({ movedFaces: 1 });
  });

  test('a guess that has the person in the photo yields, or stands beside where that is allowed', async () => {
    for (const allowSamePhoto of [false, true]) {
      const { context, people, labels, faces, personId } = await openAda([2]);
      const [first, second] = faces[0] as [string, string];
      const bert = await people.create({ displayName: 'Bert', actor });
      await labels.confirm({ faceId: first, personId, actor });
      await labels.apply({ faceId: second, personId: bert.personId, ...guess });
      await people.split({ fromId: personId, faceIds: [first], intoId: bert.personId, allowSamePhoto, actor });
      expect(await labelOf(context, first)).toBe('Bert: human_confirmed');
      expect(await labelOf(context, second)).toBe(allowSamePhoto ? 'Bert: model_guess' : null);
    }
  });

  test('whatever is split off: undone, all is as before, and merged back, everybody has the labels of before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('human_confirmed', 'imported', 'model_guess', 'twice'), { minLength: 2, maxLength: 6 }),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        async (kinds, chosen) => {
          const { context, people, labels, faces, personId } = await openAda(kinds.map((kind) => (kind === 'twice' ? 2 : 1)));
          for (const [photo, kind] of kinds.entries()) {
            for (const faceId of faces[photo]!) {
              if (kind === 'imported' || kind === 'model_guess') {
                await labels.apply({ faceId, personId, source: kind, confidence: 0.9, provenance: {} });
              } else await labels.confirm({ faceId, personId, actor, allowSamePhoto: kind === 'twice' });
            }
          }
          const faceIds = faces.flat().filter((_, place) => chosen[place]);
          fc.pre(faceIds.length > 0);
          const before = await readCurrentState(context);
          const split = await people.split({ fromId: personId, faceIds, displayName: 'Ida', actor });
          await labels.undo({ batchId: split.batchId, actor });
          expect(await readCurrentState(context)).toEqual(before);
          const again = await people.split({ fromId: personId, faceIds, displayName: 'Ida', actor });
          await people.merge({ fromId: again.personId, intoId: personId, actor });
          const confirmed = { source: 'human_confirmed', confidence: 1 };
          const expected = [...before.labels].map(([faceId, label]) => [
            faceId,
            faceIds.includes(faceId) ? { ...label, ...confirmed } : label,
          ]);
          expect((await readCurrentState(context)).labels).toEqual(new Map(expected as []));
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);
});

describe('proposing a split', () => {
  const near = (x: number, y: number, wobble: number) => Float32Array.of(x + wobble, y - wobble, wobble, 0);

  async function openMixture(vectors: readonly (readonly Float32Array[])[]) {
    const library = await openSampleLibrary(opened.context);
    const faces = await addFaces(
      library.context,
      sampleSpace,
      vectors.map((one) => ({ vectors: one })),
    );
    const { personId } = await library.people.create({ displayName: 'Ada', actor });
    for (const faceId of faces.flat()) await library.labels.confirm({ faceId, personId, actor, allowSamePhoto: true });
    return { ...library, faces, personId };
  }

  test('parts two people, the larger first, and says that they look like two', async () => {
    const vectors = [0, 0.01, 0.02, 0.03].map((wobble) => [near(0, 0, wobble)]);
    const { people, faces, personId } = await openMixture([...vectors, [near(0.8, 0, 0.01)], [near(0.8, 0, 0.02)]]);
    const proposal = await people.proposeSplit(personId);
    expect(proposal!.parts.map((part) => part.toSorted())).toEqual(
      [faces.slice(0, 4).flat(), faces.slice(4).flat()].map((part) => part.toSorted()),
    );
    expect(proposal).toMatchObject({ looksLike: 'two_people' });
    expect(proposal!.silhouette).toBeGreaterThan(0.9);
  });

  test('takes faces of one photo apart, and says of faces all alike that they look like one person', async () => {
    const { people, faces, personId } = await openMixture([[near(0, 0, 0), near(0, 0, 0)], [near(0, 0, 0)]]);
    const { parts, looksLike } = (await people.proposeSplit(personId))!;
    for (const part of parts) expect(part.filter((faceId) => faces[0]!.includes(faceId))).toHaveLength(1);
    expect(looksLike).toBe('one_person');
  });

  test('proposes nothing where there is nothing to compare', async () => {
    const { people, personId, labels, faces } = await openAda([1]);
    expect(await people.proposeSplit(personId)).toBeNull();
    await labels.confirm({ faceId: faces[0]![0]!, personId, actor });
    expect(await people.proposeSplit(personId)).toBeNull();
    await expect(people.proposeSplit('nobody')).rejects.toMatchObject({ code: 'PERSON_NOT_FOUND' });
  });
});
