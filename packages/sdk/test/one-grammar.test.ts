import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Labels, People } from '../src/index.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { newId } from '../src/values/new-id.ts';
import { openSampleLibrary } from './support/sample-library.ts';

let opened: TestLibrary;
let people: People;
let labels: Labels;
const actor = 'mia';
const [faceId, personId] = [newId(), newId()];

beforeAll(async () => {
  opened = await openTestLibrary();
  ({ people, labels } = await openSampleLibrary(opened.context));
});
afterAll(() => opened.close());

/** As a caller without types may write it. */
const any = (options: object) => options as never;

describe('a name that a call does not know is refused rather than ignored', () => {
  test.each([
    { desc: 'labels.confirm', call: () => labels.confirm(any({ faceId, personId, actor, allowSamephoto: true })) },
    {
      desc: 'labels.confirmMany',
      call: () => labels.confirmMany(any({ faceIds: [faceId], personId, actor, allowSamePhoto: true })),
    },
    { desc: 'labels.apply', call: () => labels.apply(any({ faceId, personId, source: 'imported', certainty: 1, actor })) },
    { desc: 'labels.importMany', call: () => labels.importMany(any({ label: [], labels: [], actor })) },
    {
      desc: 'a label of labels.importMany',
      call: () => labels.importMany(any({ labels: [{ faceId, personId, sure: 1 }], actor })),
    },
    { desc: 'labels.reject', call: () => labels.reject(any({ faceId, personId, by: actor })) },
    { desc: 'labels.clear', call: () => labels.clear(any({ faceId, by: actor })) },
    { desc: 'labels.ignore', call: () => labels.ignore(any({ faceIds: [faceId], actor, ignore: false })) },
    { desc: 'labels.undo', call: () => labels.undo(any({ batch: newId(), actor })) },
    { desc: 'labels.history', call: () => labels.history(any({ face: faceId })) },
    { desc: 'labels.events', call: () => Array.fromAsync(labels.events(any({ since: 0n }))) },
    { desc: 'people.create', call: () => people.create(any({ name: 'Anna', actor })) },
    { desc: 'people.rename', call: () => people.rename(personId, 'Anna', any({ by: actor })) },
    { desc: 'people.update', call: () => people.update(personId, { hidden: true }, any({ by: actor })) },
    { desc: 'people.update, among the fields', call: () => people.update(personId, any({ hide: true })) },
    { desc: 'people.merge', call: () => people.merge(any({ from: personId, into: newId(), actor })) },
    { desc: 'people.remove', call: () => people.remove(personId, any({ actor, labels: true })) },
    { desc: 'people.list', call: () => people.list(any({ query: 'Anna' })) },
    { desc: 'people.iterate', call: () => Array.fromAsync(people.iterate(any({ limit: 10 }))) },
  ])('by $desc', async ({ call }) => {
    await expect(call()).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining("There is no '") });
  });

  test('and so is an actor that stands alone, or among the fields of a person', async () => {
    await expect(people.rename(personId, 'Anna', any('mia' as never))).rejects.toThrow(/Expected an object/);
    await expect(people.update(personId, any({ displayName: 'Anna', actor }))).rejects.toThrow(/There is no 'actor'/);
  });
});

test('what is left out may also be undefined', async () => {
  const { personId } = await people.create({ displayName: 'Anna', aliases: undefined, birthDate: undefined, actor });
  expect((await people.list({ q: undefined, includeHidden: undefined })).items).toMatchObject([{ personId }]);
});
