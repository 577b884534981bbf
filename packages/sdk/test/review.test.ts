import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLabels } from '../src/identity/labelling/create-labels.ts';
import { createPeople } from '../src/identity/people/create-people.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import type { Suggestion } from '../src/model/suggestion.ts';
import { createReview } from '../src/review/create-review.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { newId } from '../src/values/new-id.ts';
import { addFaces } from './support/face-bank.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';
import { guess, imported, labelOf, openSampleLibrary } from './support/sample-library.ts';
import { sampleSpace } from './support/sample-photos.ts';

const PEOPLE = 6;
const CONFIRMED_PER_PERSON = 5;
const OPEN_PER_PERSON = 4;
const STRANGERS = 12;
const actor = 'mia';
const code = (expected: string) => expect.objectContaining({ code: expected });

let opened: TestLibrary;
let clusters: Clusters;
let context: LibraryContext;
let labels: ReturnType<typeof createLabels>;
let people: ReturnType<typeof createPeople>;
let review: ReturnType<typeof createReview>;
/** By person. */
let personIds: string[];
let confirmed: string[][];
let open: string[][];
let strangers: string[];

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

beforeEach(async () => {
  ({ context } = await openSampleLibrary(opened.context));
  [labels, people, review] = [createLabels(context), createPeople(context), createReview(context)];
  clusters = new Clusters(11, PEOPLE + STRANGERS);
  const everybody = Array.from({ length: PEOPLE }, (_, person) => person);
  const faceOf = (person: number) => ({ vectors: [clusters.face(person)] });
  const add = async (count: number) =>
    Promise.all(
      everybody.map(async (person) =>
        (
          await addFaces(
            context,
            clusterSpace,
            Array.from({ length: count }, () => faceOf(person)),
          )
        ).flat(),
      ),
    );
  confirmed = await add(CONFIRMED_PER_PERSON);
  open = await add(OPEN_PER_PERSON);
  strangers = (
    await addFaces(
      context,
      clusterSpace,
      Array.from({ length: STRANGERS }, (_, i) => faceOf(PEOPLE + i)),
    )
  ).flat();
  personIds = [];
  for (const person of everybody) {
    const { personId } = await people.create({ displayName: `Person ${person}` });
    await labels.confirmMany({ faceIds: confirmed[person]!, personId, actor });
    personIds.push(personId);
  }
});

describe('suggestions', () => {
  test('name the right person first, with numbers that hang together and a reason', async () => {
    for (const [person, faces] of open.entries()) {
      const [best, ...others] = await review.suggestions(faces[0]!);
      expect(best).toMatchObject({ rank: 1, person: { personId: personIds[person], displayName: `Person ${person}` } });
      expect(best!.supportingFaces).toBeGreaterThan(0);
      expect(confirmed[person]).toContain(best!.nearestFaceId);
      expect(best!.reason).toContain(best!.distance.toFixed(2));
      const all = [best!, ...others];
      expect(all.map((suggestion) => suggestion.rank)).toEqual(all.map((_, i) => i + 1));
      expect(all.map((suggestion) => suggestion.confidence)).toEqual(
        all.map(({ confidence }) => confidence).sort((a, b) => b - a),
      );
    }
  });

  test('are, by the face alone, the same for the embedding of a face that is not stored', async () => {
    const vector = clusters.face(2);
    const [best] = await review.identify({ embedding: vector });
    expect(best!.person.personId).toBe(personIds[2]);
    const [[stored]] = (await addFaces(context, clusterSpace, [{ vectors: [vector] }])) as [[string]];
    const byFace = (suggestions: Suggestion[]) =>
      suggestions.map(({ person, faceConfidence, distance, nearestFaceId }) => ({
        person,
        faceConfidence,
        distance,
        nearestFaceId,
      }));
    const identified = await review.identify({ embedding: [...vector], space: clusterSpace.name });
    expect(byFace(await review.suggestions(stored))).toEqual(byFace(identified));
  });

  test('rest on confirmed and imported faces, never on guesses', async () => {
    const [face, another] = open[0]! as [string, string];
    const before = await review.suggestions(face);
    await labels.apply({ faceId: another, personId: personIds[0]!, ...guess });
    expect(await review.suggestions(face)).toEqual(before);
    await labels.apply({ faceId: another, personId: personIds[0]!, ...imported });
    expect(await review.suggestions(face)).not.toEqual(before);
  });

  test('leave out the face itself: a confirmed face is judged by the others', async () => {
    const [best] = await review.suggestions(confirmed[1]![0]!);
    expect(best!.person.personId).toBe(personIds[1]);
    expect(best!.nearestFaceId).not.toBe(confirmed[1]![0]);
  });

  test('never name a rejected person, nor one who stands in the photo by another face', async () => {
    const [first, second] = (await addFaces(context, clusterSpace, [{ vectors: [clusters.face(0), clusters.face(0)] }]))[0]! as [
      string,
      string,
    ];
    const named = async (faceId: string) => (await review.suggestions(faceId)).map(({ person }) => person.personId);
    expect(await named(first)).toContain(personIds[0]);
    await labels.reject({ faceId: first, personId: personIds[0]!, actor });
    expect(await named(first)).not.toContain(personIds[0]);

    const [third, fourth] = (await addFaces(context, clusterSpace, [{ vectors: [clusters.face(0), clusters.face(0)] }]))[0]! as [
      string,
      string,
    ];
    await labels.apply({ faceId: third, personId: personIds[0]!, ...guess });
    expect(await named(fourth)).toContain(personIds[0]);
    await labels.confirm({ faceId: third, personId: personIds[0]!, actor });
    expect(await named(fourth)).not.toContain(personIds[0]);
    expect(await named(second)).toContain(personIds[0]);
  });

  test('name hidden people too: they are hidden from lists only', async () => {
    await people.update(personIds[3]!, { hidden: true });
    expect((await review.suggestions(open[3]![0]!))[0]!.person.personId).toBe(personIds[3]);
  });

  test('of a merged person name the survivor, with the faces of both', async () => {
    await people.merge({ fromId: personIds[4]!, intoId: personIds[5]!, actor });
    const [best] = await review.suggestions(open[4]![0]!);
    expect(best!.person).toMatchObject({ personId: personIds[5], displayName: 'Person 5' });
  });

  test('stay within one space', async () => {
    const [[other]] = (await addFaces(context, sampleSpace, [{ vectors: [Float32Array.of(1, 0, 0, 0)] }])) as [[string]];
    await expect(review.suggestions(other)).rejects.toThrow(code('SPACE_NOT_FOUND'));
    await expect(review.identify({ embedding: [1, 0, 0], space: sampleSpace.name })).rejects.toThrow(code('SPACE_MISMATCH'));
  });

  test('are limited, and refuse what makes no sense', async () => {
    expect((await review.suggestions(open[0]![0]!, { limit: 1 })).length).toBeLessThanOrEqual(1);
    await expect(review.suggestions(open[0]![0]!, { limit: 0 })).rejects.toThrow(code('INVALID_INPUT'));
    await expect(review.suggestions(newId())).rejects.toThrow(code('FACE_NOT_FOUND'));
    await expect(review.suggestions(open[0]![0]!, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});

describe('the queue', () => {
  const queued = async (options = {}) => (await review.queue({ limit: 200, ...options })).items;
  const facesOf = (items: Awaited<ReturnType<typeof queued>>) => items.map(({ face }) => face.faceId);

  test('holds faces that deserve a question, each with its photo and the same suggestions as asked for one by one', async () => {
    const items = await queued();
    expect(items.length).toBeGreaterThan(PEOPLE);
    const waiting = new Set([...open.flat(), ...strangers]);
    for (const { face, photo, suggestions } of items) {
      expect(waiting.has(face.faceId)).toBe(true);
      expect(photo.photoId).toBe(face.photoId);
      expect(suggestions).toEqual(await review.suggestions(face.faceId));
      expect(suggestions[0]!.confidence).toBeGreaterThanOrEqual(context.settings.confirmThreshold);
    }
  });

  test('drops a face once it is confirmed, ignored or deleted, keeps a guessed one, and takes up a cleared one', async () => {
    const [first, second, third, fourth] = facesOf(await queued()) as [string, string, string, string];
    const { person } = (await review.suggestions(first))[0]!;
    const confirming = await labels.confirm({ faceId: first, personId: person.personId, actor });
    await labels.ignore({ faceIds: [second], actor });
    await context.db.deleteFrom('faces').where('face_id', '=', third).execute();
    const guessed = (await review.suggestions(fourth))[0]!.person.personId;
    await labels.apply({ faceId: fourth, personId: guessed, ...guess });
    const after = facesOf(await queued());
    for (const gone of [first, second, third]) expect(after).not.toContain(gone);
    expect(after).toContain(fourth);
    await labels.undo({ batchId: confirming.batchId, actor });
    expect(facesOf(await queued())).toContain(first);
  });

  test('takes up faces that were added since', async () => {
    await queued();
    const [[added]] = (await addFaces(context, clusterSpace, [{ vectors: [clusters.face(1)] }])) as [[string]];
    expect(facesOf(await queued())).toContain(added);
  });

  test('leaves out faces of photos that are gone', async () => {
    const [first] = await queued();
    await context.db
      .updateTable('photos')
      .set({ missing_since: new Date() })
      .where('photo_id', '=', first!.photo.photoId)
      .execute();
    expect(facesOf(await queued())).not.toContain(first!.face.faceId);
  });

  test('comes page by page, each face once, in one order', async () => {
    const all = facesOf(await queued({ minConfidence: 0 }));
    expect(new Set(all)).toEqual(new Set([...open.flat(), ...strangers]));
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await review.queue({ limit: 7, cursor, minConfidence: 0 });
      paged.push(...facesOf(page.items));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(paged).toEqual(all);
    expect(facesOf(await queued({ minConfidence: 0, offset: 5, limit: 7 }))).toEqual(all.slice(5, 12));
  });

  test('asks person by person when nothing is certain enough to apply', async () => {
    const cautious = { ...context, settings: { ...context.settings, autoApplyThreshold: Number.POSITIVE_INFINITY } };
    const { items } = await createReview(cautious).queue({ limit: 200 });
    const persons = items.map(({ suggestions }) => suggestions[0]!.person.personId);
    const runs = persons.filter((personId, i) => personId !== persons[i - 1]);
    expect(persons.length).toBeGreaterThan(PEOPLE * 2);
    expect(runs).toEqual([...new Set(persons)]);
  });

  test('of a library without faces is empty', async () => {
    const empty = await openSampleLibrary(opened.context);
    expect(await createReview(empty.context).queue()).toEqual({ items: [], nextCursor: null });
  });

  test.each([{ minConfidence: 2 }, { limit: 0 }, { cursor: 'nonsense' }])('refuses %o', async (options) => {
    await expect(review.queue(options)).rejects.toThrow(code('INVALID_INPUT'));
  });
});

describe('applying what is certain', () => {
  test('labels the certain faces as guesses, says why, and is undone in one', async () => {
    const dry = await review.applyCertain({ dryRun: true });
    const result = await review.applyCertain({ actor: 'night run' });
    expect(dry).toEqual({ ...result, batchId: null, compared: dry.compared });
    expect(result.applied).toBeGreaterThan(PEOPLE);
    expect(result.applied + result.asked + result.leftUnknown).toBe(result.considered);
    expect(result.considered).toBe(PEOPLE * OPEN_PER_PERSON + STRANGERS);

    const events = (await Array.fromAsync(labels.events())).filter((event) => event.batchId === result.batchId);
    expect(events).toHaveLength(result.applied);
    for (const event of events) {
      const person = open.findIndex((faces) => faces.includes(event.faceId!));
      expect(event.personId).toBe(personIds[person]);
      expect(event).toMatchObject({ actor: 'night run', kind: 'label_set', after: { source: 'model_guess' } });
      expect(event.confidence).toBeGreaterThanOrEqual(context.settings.autoApplyThreshold - 1e-6);
      expect(event.provenance).toMatchObject({
        nearestFaceId: expect.any(String),
        autoApplyThreshold: context.settings.autoApplyThreshold,
      });
    }
    await labels.undo({ batchId: result.batchId!, actor });
    expect(await Promise.all(open.flat().map((face) => labelOf(context, face)))).toEqual(open.flat().map(() => null));
  });

  test('a second run finds nothing more to apply, and compares nothing again', async () => {
    const { applied } = await review.applyCertain();
    expect(await review.applyCertain()).toMatchObject({ applied: 0, batchId: null, kept: applied, withdrawn: 0, changed: 0 });
    expect(await review.applyCertain()).toMatchObject({ compared: 0 });
    const { compared } = await createReview(context).applyCertain();
    await labels.confirm({ faceId: open[0]![0]!, personId: personIds[0]!, actor });
    const afterAnswer = await review.applyCertain({ dryRun: true });
    expect(afterAnswer.compared).toBeGreaterThan(0);
    expect(afterAnswer.compared).toBeLessThan(compared);
  });

  test('takes back guesses that would not be made today, changes others, and is undone in one', async () => {
    const { batchId } = await review.applyCertain();
    const named = await Promise.all(open[0]!.map((face) => labelOf(context, face)));
    const [wrong, other] = open[0]!.filter((_, i) => named[i] === 'Person 0: model_guess') as [string, string];
    await labels.undo({ batchId: batchId!, actor });
    await labels.apply({ faceId: strangers[0]!, personId: personIds[1]!, ...guess });
    await labels.apply({ faceId: wrong, personId: personIds[1]!, ...guess });
    await review.applyCertain();
    const certain = await labelOf(context, other);
    expect(certain).toBe('Person 0: model_guess');
    expect(await labelOf(context, strangers[0]!)).toBeNull();
    expect(await labelOf(context, wrong)).toBe('Person 0: model_guess');

    await labels.confirm({ faceId: other, personId: personIds[2]!, actor });
    await labels.reject({ faceId: wrong, personId: personIds[0]!, actor });
    await labels.apply({ faceId: wrong, personId: personIds[2]!, ...guess });
    const dry = await review.applyCertain({ dryRun: true });
    const result = await review.applyCertain();
    expect({ ...result, batchId: null, compared: 0 }).toEqual({ ...dry, compared: 0 });
    const { applied, changed, kept, asked, leftUnknown, considered, withdrawn } = result;
    expect(applied + changed + kept + asked + leftUnknown).toBe(considered);
    expect(withdrawn).toBeGreaterThan(0);
    expect(await labelOf(context, wrong)).not.toBe('Person 2: model_guess');
    await labels.undo({ batchId: result.batchId!, actor });
    expect(await labelOf(context, wrong)).toBe('Person 2: model_guess');
  });

  test('two guesses of a photo trade their names', async () => {
    const [[first, second]] = (await addFaces(context, clusterSpace, [{ vectors: [clusters.face(0), clusters.face(1)] }])) as [
      [string, string],
    ];
    await labels.apply({ faceId: first, personId: personIds[1]!, ...guess });
    await labels.apply({ faceId: second, personId: personIds[0]!, ...guess });
    const lenient = { ...context, settings: { ...context.settings, autoApplyThreshold: 0.5 } };
    expect(await createReview(lenient).applyCertain()).toMatchObject({ changed: 2, withdrawn: 0 });
    expect(await labelOf(context, first)).toBe('Person 0: model_guess');
    expect(await labelOf(context, second)).toBe('Person 1: model_guess');
  });

  test('never puts one person twice into a photo: of two faces like one person the likelier may be named, of equals neither', async () => {
    const near = clusters.face(0);
    const twinOf = (shift: number) => near.map((value, i) => value + (i === 0 ? shift : 0));
    const [unequal, equal] = await addFaces(context, clusterSpace, [
      { vectors: [near, twinOf(0.4)] },
      { vectors: [near, twinOf(0.01)] },
    ]);
    const certain = { ...context, settings: { ...context.settings, autoApplyThreshold: 0.6 } };
    const confidence = async (faceId: string) =>
      (await review.suggestions(faceId)).find(({ person }) => person.displayName === 'Person 0')?.confidence ?? 0;
    for (const faces of [unequal!, equal!]) {
      const [one, other] = await Promise.all(faces.map(confidence));
      expect(one! + other!).toBeLessThanOrEqual(1);
    }
    await createReview(certain).applyCertain();
    expect(await Promise.all(unequal!.map((faceId) => labelOf(context, faceId)))).toEqual(['Person 0: model_guess', null]);
    expect(await Promise.all(equal!.map((faceId) => labelOf(context, faceId)))).toEqual([null, null]);
  });

  test('with a promise applies only what the confirmed faces speak for, and says how many are missing', async () => {
    const free = await review.applyCertain({ dryRun: true });
    const strict = await review.applyCertain({ maxErrorRate: 0.005 });
    expect(strict).toMatchObject({ batchId: null, applied: 0, promise: { errorRate: 0.005, certainty: null } });
    expect(strict.promise!.missingConfirmations).toBeGreaterThan(100);
    expect(strict.asked).toBe(free.asked + free.applied);
    const { applied, promise } = await review.applyCertain({ maxErrorRate: 0.5, dryRun: true });
    expect(applied).toBeGreaterThan(0);
    expect(promise).toMatchObject({ certainty: expect.any(Number), missingConfirmations: 0 });
    await expect(review.applyCertain({ maxErrorRate: 1.5 })).rejects.toThrow(code('INVALID_INPUT'));
  });

  test('applies nothing when everything must be asked', async () => {
    const cautious = { ...context, settings: { ...context.settings, autoApplyThreshold: 1 } };
    const { applied, asked } = await createReview(cautious).applyCertain();
    expect(applied).toBe(0);
    expect(asked).toBeGreaterThan(PEOPLE);
  });

  test('tells its progress, and stops when aborted without a label', async () => {
    const seen: number[] = [];
    const controller = new AbortController();
    const running = review.applyCertain({
      signal: controller.signal,
      onProgress: ({ done, total }) => {
        seen.push(done);
        if (done >= total / 2) controller.abort(new Error('enough'));
      },
    });
    await expect(running).rejects.toThrow('enough');
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(await Promise.all(open.flat().map((face) => labelOf(context, face)))).toEqual(open.flat().map(() => null));
  });
});
