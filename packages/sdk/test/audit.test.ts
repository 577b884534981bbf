import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LibraryContext } from '../src/library/library-context.ts';
import { createReview } from '../src/review/create-review.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addFaces } from './support/face-bank.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';
import { openSampleLibrary } from './support/sample-library.ts';

const PEOPLE = 5;
const FACES_PER_PERSON = 6;
const actor = 'mia';

let opened: TestLibrary;
let context: LibraryContext;
let library: Awaited<ReturnType<typeof openSampleLibrary>>;
let review: ReturnType<typeof createReview>;
let clusters: Clusters;
/** By person. */
let personIds: string[];
let faceIds: string[][];

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

beforeEach(async () => {
  library = await openSampleLibrary(opened.context);
  context = library.context;
  review = createReview(context);
  clusters = new Clusters(41, PEOPLE + 10);
  faceIds = [];
  personIds = [];
  for (let person = 0; person < PEOPLE; person++) {
    const faces = await add(person, FACES_PER_PERSON);
    const { personId } = await library.people.create({ displayName: `Person ${person}` });
    await library.labels.confirmMany({ faceIds: faces, personId, actor });
    faceIds.push(faces);
    personIds.push(personId);
  }
});

async function add(person: number, count: number): Promise<string[]> {
  const photos = Array.from({ length: count }, () => ({ vectors: [clusters.face(person)] }));
  return (await addFaces(context, clusterSpace, photos)).flat();
}

test('a face under another name, and a stranger under a name, come first, with who it looks like', async () => {
  const [swapped] = await add(1, 1);
  const [stranger] = await add(PEOPLE + 3, 1);
  await library.labels.confirmMany({ faceIds: [swapped!, stranger!], personId: personIds[0]!, actor });
  const [first, second] = await review.audit();
  expect(first).toMatchObject({
    faceId: swapped,
    person: { displayName: 'Person 0' },
    instead: { person: { displayName: 'Person 1' } },
    kinds: ['another_person'],
  });
  expect(first!.instead!.confidence).toBeGreaterThan(first!.confidence);
  expect(second).toMatchObject({ faceId: stranger, kinds: ['unlike_the_others'] });
  expect(first!.doubt).toBeGreaterThan(second!.doubt!);
  expect(first!.reason).toMatch(
    /^It looks like somebody else: the nearest other face of Person 0 is at \d\.\d\d, one of Person 1 at/,
  );
  expect(await review.audit({ limit: 1 })).toEqual([first]);
});

test('what cannot be comes before what is unlikely', async () => {
  await library.people.update(personIds[2]!, { birthDate: '2025-06-07' });
  const [[one, two]] = (await addFaces(context, clusterSpace, [{ vectors: [clusters.face(3), clusters.face(3)] }])) as [
    [string, string],
  ];
  await library.labels.confirm({ faceId: one, personId: personIds[3]!, actor });
  await library.labels.confirm({ faceId: two, personId: personIds[3]!, allowSamePhoto: true, actor });
  const doubted = await review.audit();
  const impossible = doubted.filter(({ doubt }) => doubt === null);
  expect(doubted.slice(0, impossible.length)).toEqual(impossible);
  const byKind = Map.groupBy(impossible, ({ kinds }) => kinds[0]!);
  expect(
    byKind
      .get('before_birth')!
      .map(({ faceId }) => faceId)
      .sort(),
  ).toEqual([...faceIds[2]!].sort());
  expect(
    byKind
      .get('twice_in_photo')!
      .map(({ faceId }) => faceId)
      .sort(),
  ).toEqual([one, two].sort());
});

test('one person at two places at once: both names are in doubt, and each names the other photo', async () => {
  const shot = (time: string, offsetSource: 'tag' | 'zone') => ({
    shot: {
      at: new Date(`2024-05-01T${time}Z`),
      local: `2024-05-01T${time}`,
      offsetMinutes: 0,
      offsetSource,
      zone: null,
      source: 'exif:DateTimeOriginal',
      precision: 'second' as const,
      candidates: [],
    },
  });
  const [[paris], [tokyo], [guessed]] = (await addFaces(context, clusterSpace, [
    { vectors: [clusters.face(4)], changes: { latitude: 48.86, longitude: 2.35, ...shot('10:00:00', 'tag') } },
    { vectors: [clusters.face(4)], changes: { latitude: 35.68, longitude: 139.69, ...shot('12:00:00', 'tag') } },
    { vectors: [clusters.face(4)], changes: { latitude: -33.87, longitude: 151.21, ...shot('12:00:00', 'zone') } },
  ])) as [[string], [string], [string]];
  await library.labels.confirmMany({ faceIds: [paris, tokyo, guessed], personId: personIds[4]!, actor });
  const doubted = (await review.audit()).filter(({ kinds }) => kinds.includes('two_places'));
  expect(doubted.map(({ faceId }) => faceId).toSorted()).toEqual([paris, tokyo].toSorted());
  expect(doubted.find(({ faceId }) => faceId === paris)).toMatchObject({
    doubt: null,
    elsewhere: { faceId: tokyo, kilometres: 9713, minutes: 120 },
    reason: expect.stringContaining('Person 4 stands in another photo, too, 9713 km away and 2 hours later.'),
  });
});

test('guesses are not looked at, and an empty library has nothing to doubt', async () => {
  const [stranger] = await add(PEOPLE + 5, 1);
  await library.labels.apply({
    faceId: stranger!,
    personId: personIds[0]!,
    source: 'model_guess',
    confidence: 0.9,
    provenance: {},
  });
  expect((await review.audit()).map(({ faceId }) => faceId)).not.toContain(stranger);
  const empty = await openSampleLibrary(opened.context);
  expect(await createReview(empty.context).audit()).toEqual([]);
});

test('tells its progress, stops when aborted, and refuses what makes no sense', async () => {
  const controller = new AbortController();
  const running = review.audit({
    signal: controller.signal,
    onProgress: ({ done }) => {
      if (done > 5) controller.abort(new Error('enough'));
    },
  });
  await expect(running).rejects.toThrow('enough');
  await expect(review.audit({ limit: 0 })).rejects.toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});
