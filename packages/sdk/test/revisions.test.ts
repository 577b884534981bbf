import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findReplayDifferences } from '../src/identity/replay.ts';
import type { ConflictError, Labels, People } from '../src/index.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { newId } from '../src/values/new-id.ts';
import { addPhotos, guess, labelOf } from './support/sample-library.ts';

let opened: TestLibrary;
let context: LibraryContext;
let people: People;
let labels: Labels;
let anna: string;
let bert: string;
let face: string;
let other: string;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

beforeEach(async () => {
  await opened.clear();
  ({ context } = opened);
  ({ people, labels } = opened.library);
  anna = (await people.create({ displayName: 'Anna', actor: 'mia' })).personId;
  bert = (await people.create({ displayName: 'Bert', actor: 'mia' })).personId;
  [[face], [other]] = (await addPhotos(context, [1, 1])) as [[string], [string]];
});

/** What a page has read of a face. */
const read = async (faceId: string) => (await opened.library.faces.get(faceId)).label?.eventId ?? null;
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: ConflictError) => error,
  );

describe('a label that was read', () => {
  test('is given by one of eight who race to name the face, and the others learn who it was', async () => {
    const names = await Promise.all(
      Array.from({ length: 8 }, (_, i) => people.create({ displayName: `Person ${i}`, actor: 'mia' })),
    );
    const outcomes = await Promise.all(
      names.map(({ personId }, i) => refusal(labels.confirm({ faceId: face, personId, actor: `writer ${i}`, revision: null }))),
    );
    const winner = outcomes.indexOf(null);
    const { label } = await opened.library.faces.get(face);
    expect(label).toMatchObject({ displayName: `Person ${winner}` });
    const refused = outcomes.filter((outcome) => outcome !== null);
    expect(refused).toHaveLength(7);
    for (const error of refused) {
      expect(error.code).toBe('LABEL_CHANGED');
      expect(error.details).toMatchObject({
        faceIds: [face],
        kind: 'label_set',
        actor: `writer ${winner}`,
        personId: names[winner]!.personId,
        displayName: `Person ${winner}`,
        source: 'human_confirmed',
        createdAt: label!.createdAt,
        eventId: label!.eventId,
        revision: label!.eventId,
      });
      expect(error.message).toContain(`'writer ${winner}'`);
    }
    expect(await labels.history({ faceId: face })).toHaveLength(1);
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test.each([
    {
      desc: 'confirming',
      call: (revision: string | null) => labels.confirm({ faceId: face, personId: bert, actor: 'ben', revision }),
    },
    {
      desc: 'rejecting',
      call: (revision: string | null) => labels.reject({ faceId: face, personId: anna, actor: 'ben', revision }),
    },
    { desc: 'clearing', call: (revision: string | null) => labels.clear({ faceId: face, actor: 'ben', revision }) },
    {
      desc: 'applying a guess',
      call: (revision: string | null) => labels.apply({ faceId: face, personId: bert, ...guess, actor: 'ben', revision }),
    },
    {
      desc: 'confirming several',
      call: (revision: string | null) =>
        labels.confirmMany({
          faceIds: [other, face],
          personId: bert,
          actor: 'ben',
          revisions: { [face.toUpperCase()]: revision, [other]: null },
        }),
    },
    {
      desc: 'ignoring several',
      call: (revision: string | null) =>
        labels.ignore({ faceIds: [other, face], actor: 'ben', revisions: { [face]: revision, [other]: null } }),
    },
  ])('is not overwritten by $desc when it was changed since, and is with what was read then', async ({ call }) => {
    const stale = await read(face);
    const { batchId } = await labels.confirm({ faceId: face, personId: anna, actor: 'mia' });
    const fresh = await read(face);
    const error = await refusal(call(stale));
    expect(error).toMatchObject({ code: 'LABEL_CHANGED' });
    const said = {
      faceId: face,
      actor: 'mia',
      personId: anna,
      displayName: 'Anna',
      source: 'human_confirmed',
      revision: fresh,
      batchId,
    };
    expect(error!.details).toMatchObject({ ...said, faceIds: [face], changes: [said] });
    expect([await labelOf(context, face), await labelOf(context, other)]).toEqual(['Anna: human_confirmed', null]);
    expect((await opened.library.faces.get(other)).ignored).toBe(false);

    await call(fresh).catch((refused) => expect(refused.code).toBe('LABEL_CONFIRMED'));
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('says so when it was taken off, or taken back, since', async () => {
    const confirmed = await labels.confirm({ faceId: face, personId: anna, actor: 'mia' });
    const stale = await read(face);
    await labels.clear({ faceId: face, actor: 'cleo' });
    const cleared = await refusal(labels.confirm({ faceId: face, personId: bert, actor: 'ben', revision: stale }));
    expect(cleared).toMatchObject({
      code: 'LABEL_CHANGED',
      details: { kind: 'label_cleared', actor: 'cleo', personId: anna, displayName: 'Anna', source: null, revision: null },
    });
    await labels.confirm({ faceId: face, personId: bert, actor: 'ben', revision: null });
    const [last] = await labels.history({ faceId: face, limit: 1 });
    await labels.undo({ batchId: last!.batchId, actor: 'dora' });
    const undone = await refusal(labels.confirm({ faceId: face, personId: anna, actor: 'ben', revision: last!.eventId }));
    expect(undone).toMatchObject({ details: { kind: 'label_cleared', actor: 'dora', displayName: 'Bert' } });
    expect(confirmed.events).toBe(1);
  });

  test('is no conflict for a call that would change nothing, such as one that is repeated', async () => {
    const confirm = () => labels.confirm({ faceId: face, personId: anna, actor: 'mia', revision: null });
    await confirm();
    expect((await confirm()).events).toBe(0);
    const revisions = { [face]: null, [other]: null };
    const both = await labels.confirmMany({ faceIds: [face, other], personId: anna, actor: 'ben', revisions });
    expect(both.events).toBe(1);
  });

  test('comes before other reasons to refuse, which what was read could not show', async () => {
    const [[one, two]] = (await addPhotos(context, [2])) as [[string, string]];
    await labels.confirm({ faceId: one, personId: anna, actor: 'mia' });
    await labels.confirm({ faceId: two, personId: bert, actor: 'mia' });
    const error = await refusal(labels.confirm({ faceId: two, personId: anna, actor: 'ben', revision: null }));
    expect(error).toMatchObject({ code: 'LABEL_CHANGED', details: { displayName: 'Bert' } });
  });

  test('that was never there is a conflict as well', async () => {
    const error = await refusal(labels.confirm({ faceId: face, personId: anna, actor: 'mia', revision: newId() }));
    expect(error).toMatchObject({ code: 'LABEL_CHANGED', details: { faceIds: [face], revision: null, actor: null } });
  });

  test.each([
    { desc: 'a revision that is none', call: () => labels.clear({ faceId: face, actor: 'mia', revision: 'latest' }) },
    {
      desc: 'a revision of another face',
      call: () => labels.ignore({ faceIds: [face], actor: 'mia', revisions: { [other]: null } }),
    },
    { desc: 'a revision without an id', call: () => people.update(anna, { hidden: true }, { revision: '7' }) },
    {
      desc: 'a revision of somebody else',
      call: () => people.merge({ fromId: anna, intoId: bert, actor: 'mia', revisions: { [newId()]: newId() } }),
    },
  ])('$desc is refused', async ({ call }) => {
    await expect(call()).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('a person who was read', () => {
  test.each([
    { desc: 'renaming', call: (revision: string) => people.rename(anna, 'Hannah', { actor: 'ben', revision }) },
    { desc: 'updating', call: (revision: string) => people.update(anna, { hidden: true }, { actor: 'ben', revision }) },
    { desc: 'removing', call: (revision: string) => people.remove(anna, { actor: 'ben', revision }) },
    {
      desc: 'merging them into somebody',
      call: (revision: string) => people.merge({ fromId: anna, intoId: bert, actor: 'ben', revisions: { [anna]: revision } }),
    },
    {
      desc: 'merging somebody into them',
      call: (revision: string) => people.merge({ fromId: bert, intoId: anna, actor: 'ben', revisions: { [anna]: revision } }),
    },
  ])('is not changed by $desc when somebody changed them since, and is with what was read then', async ({ call }) => {
    const { eventId: stale } = await people.get(anna);
    const { eventId: fresh, batchId } = await people.update(anna, { displayName: 'Anne' }, { actor: 'mia' });
    const error = await refusal(call(stale));
    expect(error).toMatchObject({ code: 'PERSON_CHANGED' });
    const said = {
      personId: anna,
      displayName: 'Anne',
      kind: 'person_changed',
      actor: 'mia',
      eventId: fresh,
      revision: fresh,
      batchId,
    };
    expect(error!.details).toMatchObject({ ...said, createdAt: expect.any(Date), changes: [said] });
    expect(await people.get(anna)).toMatchObject({ displayName: 'Anne', hidden: false, mergedInto: null });
    await call(fresh);
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('has the entry of their last change as revision: made, changed, merged, undone, removed and brought back', async () => {
    const revisions = [(await people.get(anna)).eventId];
    const last = async () => (await labels.history({ personId: anna, limit: 1 }))[0]!.eventId;
    const changes = [
      () => people.rename(anna, 'Anne'),
      () => people.merge({ fromId: anna, intoId: bert, actor: 'mia' }),
      async () => labels.undo({ batchId: (await labels.history({ personId: anna, limit: 1 }))[0]!.batchId, actor: 'mia' }),
      async () => labels.undo({ batchId: (await people.remove(anna, { actor: 'mia' })).batchId, actor: 'mia' }),
    ];
    for (const change of changes) {
      await change();
      const { eventId } = await people.get(anna);
      expect(eventId).toBe(await last());
      expect(revisions).not.toContain(eventId);
      revisions.push(eventId);
    }
    await labels.confirm({ faceId: face, personId: anna, actor: 'mia' });
    expect((await people.get(anna)).eventId).toBe(revisions.at(-1));
  });

  test('who was merged away since is told with the survivor', async () => {
    const { eventId: revision } = await people.get(anna);
    await people.merge({ fromId: anna, intoId: bert, actor: 'mia' });
    const error = await refusal(people.rename(anna, 'Hannah', { actor: 'ben', revision }));
    expect(error).toMatchObject({ code: 'PERSON_CHANGED', details: { kind: 'person_merged', actor: 'mia', mergedInto: bert } });
  });
});
