import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFaces } from '../src/catalog/faces.ts';
import { changeIdentity } from '../src/identity/change-identity.ts';
import type { IdentityChange } from '../src/identity/identity-change.ts';
import { findReplayDifferences } from '../src/identity/replay.ts';
import type { Labels } from '../src/index.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { newId } from '../src/values/new-id.ts';
import { addPhotos, guess, imported, labelOf, openSampleLibrary } from './support/sample-library.ts';

let opened: TestLibrary;
let context: LibraryContext;
let labels: Labels;
let anna: string;
let bert: string;
/** Two photos: two faces on the first, one on the second. */
let left: string;
let right: string;
let alone: string;
const actor = 'mia';

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

beforeEach(async () => {
  const sample = await openSampleLibrary(opened.context);
  ({ context, labels } = sample);
  anna = (await sample.people.create({ displayName: 'Anna' })).personId;
  bert = (await sample.people.create({ displayName: 'Bert' })).personId;
  [[left, right], [alone]] = (await addPhotos(context, [2, 1])) as [[string, string], [string]];
});

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('confirming', () => {
  test('names the face, says by whom, and a repeat writes nothing', async () => {
    const first = await labels.confirm({ faceId: left, personId: anna, actor, provenance: { screen: 'review' } });
    const second = await labels.confirm({ faceId: left, personId: anna, actor: 'somebody else' });
    expect(await labelOf(context, left)).toBe('Anna: human_confirmed');
    expect([first.events, second.events]).toEqual([1, 0]);
    const [event, ...older] = await labels.history({ faceId: left });
    expect(older).toEqual([]);
    expect(event).toMatchObject({
      kind: 'label_set',
      batchId: first.batchId,
      actor,
      personId: anna,
      confidence: 1,
      provenance: { screen: 'review' },
      before: null,
      after: { personId: anna, source: 'human_confirmed', confidence: 1, samePhotoAllowed: false },
    });
  });

  test('replaces what was confirmed before, and the journal names both people', async () => {
    await labels.confirm({ faceId: left, personId: anna, actor });
    await labels.confirm({ faceId: left, personId: bert, actor });
    expect(await labelOf(context, left)).toBe('Bert: human_confirmed');
    const [event] = await labels.history({ personId: anna, limit: 1 });
    expect(event).toMatchObject({ kind: 'label_set', personId: bert, otherPersonId: anna });
  });

  test('refuses a person who stands in the photo already, and names the other face', async () => {
    await labels.confirm({ faceId: left, personId: anna, actor });
    const refused = await labels.confirm({ faceId: right, personId: anna, actor }).catch((error) => error);
    expect(refused).toMatchObject({ code: 'PERSON_ALREADY_IN_PHOTO', details: { faceIds: [left] } });
    expect(refused.message).toContain(left);
    expect(await labelOf(context, right)).toBeNull();
  });

  test('lets a person stand twice in a photo when that is said', async () => {
    await labels.confirm({ faceId: left, personId: anna, actor });
    await labels.confirm({ faceId: right, personId: anna, actor, allowSamePhoto: true });
    expect(await labelOf(context, right)).toBe('Anna: human_confirmed');
  });

  test('clears a guess that put the person elsewhere in the photo, in the same batch', async () => {
    await labels.apply({ faceId: left, personId: anna, ...guess });
    const change = await labels.confirm({ faceId: right, personId: anna, actor });
    expect(change.events).toBe(2);
    expect(await labelOf(context, left)).toBeNull();
    expect(await labelOf(context, right)).toBe('Anna: human_confirmed');
    await labels.undo({ batchId: change.batchId, actor });
    expect(await labelOf(context, left)).toBe('Anna: model_guess');
  });

  test('does not clear an imported label: two sayings in one photo are a conflict', async () => {
    await labels.apply({ faceId: left, personId: anna, ...imported });
    await expect(labels.confirm({ faceId: right, personId: anna, actor })).rejects.toThrow(code('PERSON_ALREADY_IN_PHOTO'));
  });

  test('many faces are one batch, all or none', async () => {
    const change = await labels.confirmMany({ faceIds: [left, alone, left], personId: anna, actor });
    expect(change.events).toBe(2);
    await expect(labels.confirmMany({ faceIds: [alone, left, right], personId: bert, actor })).rejects.toThrow(
      code('PERSON_ALREADY_IN_PHOTO'),
    );
    expect(await labelOf(context, alone)).toBe('Anna: human_confirmed');
  });

  test.each([
    { desc: 'an empty actor', change: { actor: '  ' }, expected: 'INVALID_INPUT' },
    { desc: 'an actor of 201 characters', change: { actor: 'x'.repeat(201) }, expected: 'INVALID_INPUT' },
    { desc: 'no actor', change: { actor: undefined as unknown as string }, expected: 'INVALID_INPUT' },
    { desc: 'an unknown face', change: { faceId: newId() }, expected: 'FACE_NOT_FOUND' },
    { desc: 'a face id that is none', change: { faceId: "'; DROP TABLE faces" }, expected: 'FACE_NOT_FOUND' },
    { desc: 'an unknown person', change: { personId: newId() }, expected: 'PERSON_NOT_FOUND' },
    { desc: 'a person id that is none', change: { personId: 'Anna' }, expected: 'PERSON_NOT_FOUND' },
  ])('refuses $desc', async ({ change, expected }) => {
    await expect(labels.confirm({ faceId: left, personId: anna, actor, ...change })).rejects.toThrow(code(expected));
  });

  test('refuses the faces and people of another library', async () => {
    const other = await openSampleLibrary(opened.context);
    const [[theirs]] = (await addPhotos(other.context, [1])) as [[string]];
    await expect(labels.confirm({ faceId: theirs, personId: anna, actor })).rejects.toThrow(code('FACE_NOT_FOUND'));
    await expect(other.labels.confirm({ faceId: theirs, personId: anna, actor })).rejects.toThrow(code('PERSON_NOT_FOUND'));
  });
});

describe('applying guesses and imports', () => {
  test('never over a human confirmation', async () => {
    await labels.confirm({ faceId: left, personId: anna, actor });
    await expect(labels.apply({ faceId: left, personId: bert, ...guess })).rejects.toThrow(code('LABEL_CONFIRMED'));
    await expect(labels.apply({ faceId: left, personId: bert, ...imported })).rejects.toThrow(code('LABEL_CONFIRMED'));
    expect((await labels.apply({ faceId: left, personId: anna, ...guess })).events).toBe(0);
    expect(await labelOf(context, left)).toBe('Anna: human_confirmed');
  });

  test('a guess never over an import; an import over a guess', async () => {
    await labels.apply({ faceId: left, personId: anna, ...guess });
    await labels.apply({ faceId: left, personId: bert, ...imported });
    await expect(labels.apply({ faceId: left, personId: anna, ...guess })).rejects.toThrow(code('LABEL_CONFIRMED'));
    expect(await labelOf(context, left)).toBe('Bert: imported');
  });

  test('a repeat writes nothing, another confidence does', async () => {
    await labels.apply({ faceId: left, personId: anna, ...guess, confidence: 0.123456789 });
    expect((await labels.apply({ faceId: left, personId: anna, ...guess, confidence: 0.123456789 })).events).toBe(0);
    expect((await labels.apply({ faceId: left, personId: anna, ...guess, confidence: 0.5 })).events).toBe(1);
  });

  test('a guess yields to whoever stands in the photo; an import outweighs a guess there', async () => {
    await labels.apply({ faceId: left, personId: anna, ...guess });
    await expect(labels.apply({ faceId: right, personId: anna, ...guess })).rejects.toThrow(code('PERSON_ALREADY_IN_PHOTO'));
    await labels.apply({ faceId: right, personId: anna, ...imported });
    expect(await labelOf(context, left)).toBeNull();
    expect(await labelOf(context, right)).toBe('Anna: imported');
  });

  test.each([
    { desc: 'a claim to be human', change: { source: 'human_confirmed' as 'imported' } },
    { desc: 'a confidence above 1', change: { confidence: 1.01 } },
    { desc: 'a confidence that is no number', change: { confidence: Number.NaN } },
  ])('refuses $desc', async ({ change }) => {
    await expect(labels.apply({ faceId: left, personId: anna, ...guess, ...change })).rejects.toThrow(code('INVALID_INPUT'));
  });

  test('takes provenance with text that the database cannot hold', async () => {
    await labels.apply({ faceId: left, personId: anna, ...guess, provenance: { note: 'a\0b\ud800', depth: [1, Number.NaN] } });
    const [event] = await labels.history({ faceId: left });
    expect(event!.provenance).toEqual({ note: 'ab\ufffd', depth: [1, null] });
  });
});

describe('importing many labels', () => {
  const from = { provenance: { from: 'another program' } };

  test('sets them in one batch that is undone together, and tells which must not stand and why', async () => {
    await labels.confirm({ faceId: left, personId: bert, actor });
    await labels.reject({ faceId: alone, personId: anna, actor });
    const result = await labels.importMany({
      labels: [
        { faceId: left, personId: anna, ...from },
        { faceId: right, personId: anna, confidence: 0.5, ...from },
        { faceId: alone, personId: anna, ...from },
      ],
      actor: 'import',
    });
    expect(result).toMatchObject({
      events: 1,
      refused: [
        { faceId: left, personId: anna, code: 'LABEL_CONFIRMED' },
        { faceId: alone, code: 'FACE_REJECTED_PERSON' },
      ],
    });
    expect((await labels.history({ faceId: right }))[0]).toMatchObject({ actor: 'import', confidence: 0.5, ...from });
    await labels.undo({ batchId: result.batchId, actor });
    expect(await labelOf(context, right)).toBeNull();
  });

  test('lets faces of a photo trade names, unless one of them must keep its own', async () => {
    const trade = (first: string, second: string) =>
      labels.importMany({
        labels: [
          { faceId: left, personId: first, ...from },
          { faceId: right, personId: second, ...from },
        ],
      });
    await trade(anna, bert);
    expect(await trade(bert, anna)).toMatchObject({ events: 2, refused: [] });
    expect([await labelOf(context, left), await labelOf(context, right)]).toEqual(['Bert: imported', 'Anna: imported']);
    await labels.confirm({ faceId: right, personId: anna, actor });
    expect((await trade(anna, bert)).refused.map((refusal) => refusal.code)).toEqual([
      'PERSON_ALREADY_IN_PHOTO',
      'LABEL_CONFIRMED',
    ]);
    expect(await labelOf(context, left)).toBe('Bert: imported');
  });

  test('writes nothing for none, for repeats, and takes the first of two for a face', async () => {
    expect(await labels.importMany({ labels: [] })).toMatchObject({ events: 0, refused: [] });
    const twice = [anna, bert].map((personId) => ({ faceId: alone, personId, ...from }));
    expect((await labels.importMany({ labels: twice })).events).toBe(1);
    expect((await labels.importMany({ labels: twice })).events).toBe(0);
    expect(await labelOf(context, alone)).toBe('Anna: imported');
  });
});

describe('rejecting', () => {
  test('clears the label and sticks: no guess of that person again', async () => {
    await labels.apply({ faceId: left, personId: anna, ...guess });
    expect((await labels.reject({ faceId: left, personId: anna, actor })).events).toBe(2);
    expect(await labelOf(context, left)).toBeNull();
    await expect(labels.apply({ faceId: left, personId: anna, ...guess })).rejects.toThrow(code('FACE_REJECTED_PERSON'));
    expect((await labels.reject({ faceId: left, personId: anna, actor })).events).toBe(0);
    expect((await labels.apply({ faceId: left, personId: bert, ...guess })).events).toBe(1);
  });

  test('another label stays', async () => {
    await labels.confirm({ faceId: left, personId: bert, actor });
    await labels.reject({ faceId: left, personId: anna, actor });
    expect(await labelOf(context, left)).toBe('Bert: human_confirmed');
  });

  test('a later confirmation takes the rejection back, and undoing it brings it again', async () => {
    await labels.reject({ faceId: left, personId: anna, actor });
    const confirmed = await labels.confirm({ faceId: left, personId: anna, actor });
    expect(confirmed.events).toBe(2);
    await labels.undo({ batchId: confirmed.batchId, actor });
    await expect(labels.apply({ faceId: left, personId: anna, ...guess })).rejects.toThrow(code('FACE_REJECTED_PERSON'));
  });
});

describe('clearing and ignoring', () => {
  test('clearing removes any label, once', async () => {
    await labels.confirm({ faceId: left, personId: anna, actor });
    expect((await labels.clear({ faceId: left, actor })).events).toBe(1);
    expect((await labels.clear({ faceId: left, actor })).events).toBe(0);
    expect(await labelOf(context, left)).toBeNull();
  });

  test('ignoring sets faces aside and takes them back', async () => {
    const ignored = async () => {
      const rows = await context.db
        .selectFrom('faces')
        .select('face_id')
        .where('library_id', '=', context.libraryId)
        .where('ignored', '=', true)
        .execute();
      return rows.map((row) => row.face_id).sort();
    };
    const change = await labels.ignore({ faceIds: [left, alone], actor });
    expect(change.events).toBe(2);
    expect(await ignored()).toEqual([left, alone].sort());
    expect((await labels.ignore({ faceIds: [left], actor })).events).toBe(0);
    await labels.ignore({ faceIds: [left], actor, ignored: false });
    expect(await ignored()).toEqual([alone]);
  });

  const reasonOf = async (faceId: string) => {
    const { ignored, ignoredReason } = await createFaces(context).get(faceId);
    return ignored ? ignoredReason : 'not ignored';
  };

  test('a face that is set aside may say why; another reason is another change, and undoing gives the first back', async () => {
    await labels.ignore({ faceIds: [left], reason: 'stranger', actor });
    expect(await reasonOf(left)).toBe('stranger');
    expect((await labels.ignore({ faceIds: [left], reason: 'stranger', actor })).events).toBe(0);
    const { batchId } = await labels.ignore({ faceIds: [left], reason: 'picture', actor });
    expect(await reasonOf(left)).toBe('picture');
    await labels.undo({ batchId, actor });
    expect(await reasonOf(left)).toBe('stranger');
    await labels.ignore({ faceIds: [left], ignored: false, actor });
    expect(await reasonOf(left)).toBe('not ignored');
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('a guess does not stand against it, a name does', async () => {
    await labels.apply({ faceId: left, personId: anna, ...guess });
    await labels.confirm({ faceId: alone, personId: bert, actor });
    const { batchId } = await labels.ignore({ faceIds: [left, alone], actor });
    expect(await labelOf(context, left)).toBeNull();
    expect(await labelOf(context, alone)).toBe('Bert: human_confirmed');
    await labels.undo({ batchId, actor });
    expect(await labelOf(context, left)).toBe('Anna: model_guess');
  });

  test('the rest of a photo is set aside in one call, as strangers', async () => {
    const { photoId } = await createFaces(context).get(left);
    await labels.confirm({ faceId: left, personId: anna, actor });
    await labels.apply({ faceId: right, personId: bert, ...guess });
    const { batchId } = await labels.ignoreRest({ photoId, actor });
    expect([await reasonOf(left), await reasonOf(right), await reasonOf(alone)]).toEqual([
      'not ignored',
      'stranger',
      'not ignored',
    ]);
    expect(await labelOf(context, right)).toBeNull();
    expect((await labels.ignoreRest({ photoId, reason: 'picture', actor })).events).toBe(0);
    await labels.undo({ batchId, actor });
    expect(await labelOf(context, right)).toBe('Bert: model_guess');
    await expect(labels.ignoreRest({ photoId: newId(), actor })).rejects.toThrow(code('PHOTO_NOT_FOUND'));
  });

  test.each([
    { desc: 'a reason that is none', options: { reason: 'ugly' as 'stranger' } },
    { desc: 'a reason for taking faces back', options: { reason: 'stranger' as const, ignored: false } },
  ])('$desc is refused', async ({ options }) => {
    await expect(labels.ignore({ faceIds: [left], actor, ...options })).rejects.toThrow(code('INVALID_INPUT'));
  });
});

describe('undoing', () => {
  test('takes back a batch of several transactions that changed one face twice, and does it again', async () => {
    const batchId = newId();
    const labelled = (before: string | null, after: string | null): IdentityChange => {
      const state = (personId: string | null) =>
        personId === null ? null : { personId, source: 'model_guess' as const, confidence: 0.9, samePhotoAllowed: false };
      return { subject: 'label', faceId: alone, before: state(before), after: state(after) };
    };
    await changeIdentity(context, actor, async () => [labelled(null, anna)], batchId);
    await labels.ignore({ faceIds: [left], actor });
    await changeIdentity(context, actor, async () => [labelled(anna, bert)], batchId);
    const undone = await labels.undo({ batchId, actor });
    expect(await labelOf(context, alone)).toBeNull();
    await labels.undo({ batchId: undone.batchId, actor });
    expect(await labelOf(context, alone)).toBe('Bert: model_guess');
    await labels.undo({ batchId, actor });
    expect(await labelOf(context, alone)).toBeNull();
  });

  test('restores what was before, can be undone itself, and no change is undone twice', async () => {
    await labels.apply({ faceId: left, personId: bert, ...guess });
    const confirmed = await labels.confirm({ faceId: left, personId: anna, actor });
    const undone = await labels.undo({ batchId: confirmed.batchId, actor });
    expect(await labelOf(context, left)).toBe('Bert: model_guess');
    const again = await labels.undo({ batchId: confirmed.batchId, actor }).catch((error) => error);
    expect(again).toMatchObject({ code: 'UNDO_CONFLICT', message: expect.stringContaining('undone already') });
    await labels.undo({ batchId: undone.batchId, actor });
    expect(await labelOf(context, left)).toBe('Anna: human_confirmed');
  });

  test('is refused when the face was changed since, even back to the same label', async () => {
    const first = await labels.confirm({ faceId: left, personId: anna, actor });
    await labels.clear({ faceId: left, actor });
    await labels.confirm({ faceId: left, personId: anna, actor });
    await expect(labels.undo({ batchId: first.batchId, actor })).rejects.toThrow(code('UNDO_CONFLICT'));
  });

  test('is refused when the label it would restore contradicts what is known by now', async () => {
    await labels.confirm({ faceId: left, personId: anna, actor });
    const cleared = await labels.clear({ faceId: left, actor });
    await labels.confirm({ faceId: right, personId: anna, actor });
    const twice = await labels.undo({ batchId: cleared.batchId, actor }).catch((error) => error);
    expect(twice).toMatchObject({ code: 'UNDO_CONFLICT', message: expect.stringContaining('twice in photo') });
  });

  test('is refused when the person it would restore was rejected since', async () => {
    await labels.apply({ faceId: left, personId: anna, ...guess });
    const cleared = await labels.clear({ faceId: left, actor });
    await labels.reject({ faceId: left, personId: anna, actor });
    await expect(labels.undo({ batchId: cleared.batchId, actor })).rejects.toThrow(code('UNDO_CONFLICT'));
  });

  test('is refused when the face is gone', async () => {
    const confirmed = await labels.confirm({ faceId: left, personId: anna, actor });
    await context.db.deleteFrom('faces').where('face_id', '=', left).execute();
    await expect(labels.undo({ batchId: confirmed.batchId, actor })).rejects.toThrow(code('UNDO_CONFLICT'));
  });

  test.each(['not an id', newId()])('an unknown batch is not found: %s', async (batchId) => {
    await expect(labels.undo({ batchId, actor })).rejects.toThrow(code('EVENT_NOT_FOUND'));
  });
});

describe('the journal', () => {
  test('tells everything in order, from any point on', async () => {
    await labels.apply({ faceId: left, personId: anna, ...guess });
    await labels.confirm({ faceId: right, personId: anna, actor });
    await labels.ignore({ faceIds: [alone], actor });
    const events = await Array.fromAsync(labels.events());
    expect(events.map((event) => event.kind)).toEqual([
      'person_created',
      'person_created',
      'label_set',
      'label_cleared',
      'label_set',
      'face_ignored',
    ]);
    const times = events.map((event) => event.createdAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(await Array.fromAsync(labels.events({ afterSeq: events[3]!.seq }))).toEqual(events.slice(4));
  });

  test('a label carries the id and the time of the entry that set it', async () => {
    await labels.confirm({ faceId: left, personId: anna, actor });
    const [event] = await labels.history({ faceId: left });
    const face = await opened.context.db.selectFrom('face_labels').selectAll().where('face_id', '=', left).executeTakeFirst();
    expect(face).toMatchObject({ event_id: event!.eventId, created_ts: event!.createdAt });
  });

  test('history needs a face or a person, and a sane limit', async () => {
    await expect(labels.history({})).rejects.toThrow(code('INVALID_INPUT'));
    await expect(labels.history({ faceId: left, limit: 0 })).rejects.toThrow(code('INVALID_INPUT'));
    expect(await labels.history({ faceId: 'none' })).toEqual([]);
  });

  test('an aborted reader stops', async () => {
    const reading = Array.fromAsync(labels.events({ signal: AbortSignal.abort(new Error('enough')) }));
    await expect(reading).rejects.toThrow('enough');
  });
});
