import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFaces } from '../src/catalog/faces.ts';
import { createLabels } from '../src/identity/labelling/create-labels.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { createReview } from '../src/review/create-review.ts';
import { ReviewMemory } from '../src/review/review-memory.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addFaces } from './support/face-bank.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';
import { imported, openSampleLibrary } from './support/sample-library.ts';
import { sampleFace, samplePhoto } from './support/sample-photos.ts';

const actor = 'mia';
let opened: TestLibrary;
let clusters: Clusters;
let library: Awaited<ReturnType<typeof openSampleLibrary>>;
let context: LibraryContext;
let review: ReturnType<typeof createReview>;
let ada: string;
let bob: string;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

beforeEach(async () => {
  library = await openSampleLibrary(opened.context);
  context = library.context;
  review = createReview(context);
  clusters = new Clusters(29, 4);
  [ada, bob] = [
    (await library.people.create({ displayName: 'Ada' })).personId,
    (await library.people.create({ displayName: 'Bob' })).personId,
  ];
});

/** Faces of one photo, by the numbers of their people. */
async function photoOf(...people: number[]): Promise<string[]> {
  return (await addFaces(context, clusterSpace, [{ vectors: people.map((person) => clusters.face(person)) }]))[0]!;
}
async function confirmed(personId: string, person: number): Promise<string> {
  const [faceId] = await photoOf(person);
  await library.labels.confirm({ faceId: faceId!, personId, actor });
  return faceId!;
}
async function markPhoto(faceId: string, mark: { deleted_ts: Date } | { missing_since: Date }): Promise<void> {
  const { photo_id } = await context.db
    .selectFrom('faces')
    .select('photo_id')
    .where('face_id', '=', faceId)
    .executeTakeFirstOrThrow();
  await context.db.updateTable('photos').set(mark).where('photo_id', '=', photo_id).execute();
}
/** Whom suggestions and queue name for a face: both, as one word when they agree. */
async function named(faceId: string): Promise<string | { suggestions: string; queue: string }> {
  const names = (suggestions: Awaited<ReturnType<typeof review.suggestions>>) =>
    suggestions.map(({ person, confidence }) => `${person.displayName} ${confidence}`).join(', ') || 'nobody';
  const { items } = await review.queue({ minConfidence: 0, limit: 200 });
  const item = items.find(({ face }) => face.faceId === faceId);
  const [suggestions, queue] = [names(await review.suggestions(faceId)), item ? names(item.suggestions) : 'not asked'];
  return suggestions === queue ? suggestions : { suggestions, queue };
}

describe('a face speaks for its person', () => {
  test('though it is ignored: it is out of the questions, not somebody else', async () => {
    const speaking = await confirmed(ada, 0);
    const [asked] = await photoOf(0);
    const before = await named(asked!);
    await library.labels.ignore({ faceIds: [speaking], actor });
    expect(await named(asked!)).toBe(before);
    expect(before).toMatch(/^Ada/);
  });

  test('while its photo is missing, but not once it is deleted', async () => {
    const speaking = await confirmed(ada, 0);
    const [asked] = await photoOf(0);
    const before = await named(asked!);
    await markPhoto(speaking, { missing_since: new Date() });
    expect(await named(asked!)).toBe(before);
    await markPhoto(speaking, { deleted_ts: new Date() });
    expect(await named(asked!)).toBe('nobody');
  });
});

describe('a person is left out', () => {
  test('who stands in the photo by a face that has no vector', async () => {
    await confirmed(ada, 0);
    const [asked] = await photoOf(0);
    expect(await named(asked!)).toMatch(/^Ada/);
    const faces = createFaces(context);
    const { photoId } = await faces.get(asked!);
    const [drawn] = await faces.saveMany(
      [{ photoId, face: sampleFace({ x: 500, y: 20, width: 80, height: 100 }, null, { source: 'manual' }) }],
      null,
    );
    await library.labels.apply({ faceId: drawn!, personId: ada, ...imported });
    expect(await named(asked!)).toBe('nobody');
    await library.labels.clear({ faceId: drawn!, actor });
    expect(await named(asked!)).toMatch(/^Ada/);
  });
});

test('nobody is suggested who was not born when the photo was taken, as far as the date is known', async () => {
  await confirmed(ada, 0);
  const asked = async (taken: { local: string; precision: 'second' | 'year' }) => {
    const changes = { shot: { ...samplePhoto('dated').shot!, ...taken } };
    const [[faceId]] = (await addFaces(context, clusterSpace, [{ vectors: [clusters.face(0)], changes }])) as [[string]];
    return faceId;
  };
  const [of2010, sometimeIn2010] = [
    await asked({ local: '2010-03-01T12:00:00', precision: 'second' }),
    await asked({ local: '2010-01-01T00:00:00', precision: 'year' }),
  ];
  const both = async () => [await named(of2010), await named(sometimeIn2010)];
  const before = await both();
  expect(before).toEqual([expect.stringMatching(/^Ada/), expect.stringMatching(/^Ada/)]);
  await library.people.update(ada, { birthDate: '2010-03-02' });
  expect(await both()).toEqual(['nobody', before[1]]);
  await library.people.update(ada, { birthDate: '2011-01-01' });
  expect(await both()).toEqual(['nobody', 'nobody']);
  await library.people.update(ada, { birthDate: null });
  expect(await both()).toEqual(before);
});

describe('a face that is nobody speaks against the faces like it', () => {
  const confidence = async (faceId: string) => Number((await named(faceId).then(String)).split(' ')[1] ?? 0);

  test('unless it is only unclear', async () => {
    await confirmed(ada, 0);
    const [stranger] = await photoOf(0);
    const [asked] = await photoOf(0);
    const before = await confidence(asked!);
    await library.labels.ignore({ faceIds: [stranger!], reason: 'unclear', actor });
    expect(await confidence(asked!)).toBe(before);
    for (const reason of ['stranger', 'not_a_face', 'picture', undefined] as const) {
      await library.labels.ignore({ faceIds: [stranger!], reason, actor });
      expect(await confidence(asked!)).toBeLessThan(before);
    }
    await library.labels.ignore({ faceIds: [stranger!], ignored: false, actor });
    expect(await confidence(asked!)).toBe(before);
  });

  test('for the person that it is not, as somebody said', async () => {
    await confirmed(ada, 0);
    const [rejected] = await photoOf(0);
    const [asked] = await photoOf(0);
    const before = await confidence(asked!);
    await library.labels.reject({ faceId: rejected!, personId: bob, actor });
    expect(await confidence(asked!)).toBe(before);
    await library.labels.reject({ faceId: rejected!, personId: ada, actor });
    expect(await confidence(asked!)).toBeLessThan(before);
  });
});

test('a face that is found again with another vector is judged by the new one, by suggestions and queue alike', async () => {
  await confirmed(ada, 0);
  await confirmed(bob, 1);
  const save = (person: number) =>
    library.photos.saveAnalyzed([
      {
        photo: samplePhoto(`again in ${context.libraryId}`),
        faces: [sampleFace({ x: 10, y: 20, width: 80, height: 100 }, [...clusters.face(person)])],
        space: clusterSpace,
      },
    ]);
  const [first] = await save(0);
  expect(await named(first!.faceIds[0]!)).toMatch(/^Ada/);
  const [second] = await save(1);
  expect(second!.faceIds).toEqual(first!.faceIds);
  expect(await named(first!.faceIds[0]!)).toMatch(/^Bob/);

  await library.labels.confirm({ faceId: first!.faceIds[0]!, personId: bob, actor });
  const [asked] = await photoOf(2);
  expect(await named(asked!)).toBe('nobody');
  await save(2);
  expect(await named(asked!)).toMatch(/^Bob/);
});

describe('the memory', () => {
  test('reads again what changed and keeps the rest as it is', async () => {
    await confirmed(ada, 0);
    const [first, second] = [await photoOf(0), await photoOf(1)].flat() as [string, string];
    const memory = new ReviewMemory(context);
    const bank = async () => (await memory.current())!.known.bank;
    const before = await bank();
    expect(await bank()).toBe(before);

    await library.labels.confirm({ faceId: first, personId: ada, actor });
    const labelled = await bank();
    expect(labelled.vectors).toBe(before.vectors);
    const changed = labelled.faces.filter((face, i) => face !== before.faces[i]).map(({ faceId }) => faceId);
    expect(changed).toEqual([first]);

    const [added] = await photoOf(2);
    const grown = await bank();
    expect(grown.faces.slice(0, labelled.faces.length)).toEqual(labelled.faces);
    expect(grown.faces.at(-1)!.faceId).toBe(added);
    expect(grown.faces.find(({ faceId }) => faceId === second)).toBe(before.faces.find(({ faceId }) => faceId === second));
  });

  test('inside a transaction shows what the transaction changed', async () => {
    await confirmed(ada, 0);
    const [asked] = await photoOf(0);
    await context.transaction(async (transaction) => {
      const [inside, labels] = [createReview(transaction), createLabels(transaction)];
      const queued = async () => (await inside.queue({ minConfidence: 0 })).items.map(({ face }) => face.faceId);
      expect(await queued()).toEqual([asked]);
      await labels.ignore({ faceIds: [asked!], actor });
      expect(await queued()).toEqual([]);
      await labels.ignore({ faceIds: [asked!], ignored: false, actor });
      expect(await queued()).toEqual([asked]);
    });
  });
});
