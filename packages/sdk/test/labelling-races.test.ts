import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findReplayDifferences } from '../src/identity/replay.ts';
import type { Labels, People } from '../src/index.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addPhotos, guess, labelOf, openSampleLibrary } from './support/sample-library.ts';

/*
 * On a server every call of a race has a connection of its own; the embedded database has one, and the calls queue up for it.
 */

const ROUNDS = 5;
const actor = 'mia';
let opened: TestLibrary;
let context: LibraryContext;
let people: People;
let labels: Labels;
let anna: string;
let bert: string;
let left: string;
let right: string;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

beforeEach(async () => {
  ({ context, people, labels } = await openSampleLibrary(opened.context));
  anna = (await people.create({ displayName: 'Anna' })).personId;
  bert = (await people.create({ displayName: 'Bert' })).personId;
  [[left, right]] = (await addPhotos(context, [2])) as [[string, string]];
});

/** The codes of the calls that were refused; any other failure is thrown. */
async function refusals(calls: Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(calls);
  return settled.flatMap((result) => (result.status === 'rejected' ? [result.reason.code ?? result.reason] : []));
}

describe('calls that race', () => {
  test('to confirm one face as two people leave one of them, and a journal that agrees', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const calls = [anna, bert, anna, bert].map((personId) => labels.confirm({ faceId: left, personId, actor }));
      expect(await refusals(calls)).toEqual([]);
      expect(await labelOf(context, left)).toMatch(/^(Anna|Bert): human_confirmed$/);
    }
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('to put one person on two faces of a photo: one succeeds, one is refused', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const calls = [left, right].map((faceId) => labels.confirm({ faceId, personId: anna, actor }));
      expect(await refusals(calls)).toEqual(['PERSON_ALREADY_IN_PHOTO']);
      await labels.clear({ faceId: left, actor });
      await labels.clear({ faceId: right, actor });
    }
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('to confirm and to guess never leave a guess over the confirmation', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const calls = [
        labels.apply({ faceId: left, personId: bert, ...guess }),
        labels.confirm({ faceId: left, personId: anna, actor }),
      ];
      expect(['', 'LABEL_CONFIRMED']).toContain((await refusals(calls)).join());
      expect(await labelOf(context, left)).toBe('Anna: human_confirmed');
      await labels.clear({ faceId: left, actor });
    }
  });

  test('to undo one change twice: one succeeds', async () => {
    const { batchId } = await labels.confirm({ faceId: left, personId: anna, actor });
    const calls = [1, 2].map(() => labels.undo({ batchId, actor }));
    expect(await refusals(calls)).toEqual(['UNDO_CONFLICT']);
    expect(await labelOf(context, left)).toBeNull();
  });

  test('to merge two people into each other: one succeeds, and no circle arises', async () => {
    const calls = [
      people.merge({ fromId: anna, intoId: bert, actor }),
      people.merge({ fromId: bert, intoId: anna, actor }),
      labels.confirm({ faceId: left, personId: anna, actor }),
      labels
        .confirm({ faceId: right, personId: bert, actor })
        .catch((error) => expect(error.code).toBe('PERSON_ALREADY_IN_PHOTO')),
    ];
    const refused = await refusals(calls);
    expect(['MERGE_WITH_SELF', 'PERSON_MERGED', 'PERSON_ALREADY_IN_PHOTO']).toEqual(expect.arrayContaining(refused));
    const merged = await Promise.all([anna, bert].map(async (personId) => (await people.get(personId)).mergedInto));
    expect(merged).toContain(null);
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('in opposite orders over the same faces do not deadlock', async () => {
    const faces = (await addPhotos(context, [1, 1, 1, 1])).flat();
    const calls = [faces, faces.toReversed(), faces, faces.toReversed()].map((faceIds, i) =>
      labels.confirmMany({ faceIds, personId: i % 2 ? anna : bert, actor }),
    );
    expect(await refusals(calls)).toEqual([]);
    expect(await findReplayDifferences(context)).toEqual([]);
  });
});
