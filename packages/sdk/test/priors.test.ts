import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFaces } from '../src/catalog/faces.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import type { PriorName } from '../src/model/priors.ts';
import { createReview } from '../src/review/create-review.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addFaces } from './support/face-bank.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';
import { openSampleLibrary } from './support/sample-library.ts';
import { samplePhoto } from './support/sample-photos.ts';

const actor = 'mia';
const YEARS = 3;

let opened: TestLibrary;
let context: LibraryContext;
let library: Awaited<ReturnType<typeof openSampleLibrary>>;
/** Two sisters whose faces the embedder hardly tells apart; each has her own year. */
let sisters: [string, string];
let asked: [string, string];

beforeAll(async () => {
  opened = await openTestLibrary();
  library = await openSampleLibrary(opened.context);
  ({ context } = library);
  const clusters = new Clusters(3, 2);
  const towards = clusters.face(0).map((value, i) => 0.85 * value + 0.15 * clusters.face(1)[i]!);
  const like = (person: 0 | 1) => {
    const [own, noise] = [person === 0 ? clusters.face(0) : towards, clusters.face(0)];
    return own.map((value, i) => 0.6 * value + 0.4 * noise[i]!);
  };
  const photo = (person: 0 | 1, day: number) => {
    const date = new Date(Date.UTC(2018 + person, 0, 1 + day * 7)).toISOString().slice(0, 10);
    return { vectors: [like(person)], changes: { shot: { ...samplePhoto('any').shot, local: `${date}T12:00:00` } } };
  };
  const ids = [];
  for (const person of [0, 1] as const) {
    const { personId } = await library.people.create({ displayName: `Sister ${person}` });
    const faces = (
      await addFaces(
        context,
        clusterSpace,
        Array.from({ length: 15 * YEARS }, (_, day) => photo(person, day)),
      )
    ).flat();
    await library.labels.confirmMany({ faceIds: faces.slice(0, -1), personId, actor });
    ids.push({ personId, open: faces.at(-1)! });
  }
  sisters = [ids[0]!.personId, ids[1]!.personId];
  asked = [ids[0]!.open, ids[1]!.open];
});
afterAll(() => opened.close());

const reviewWith = (priors: readonly PriorName[]) => createReview({ ...context, settings: { ...context.settings, priors } });

test('time tells sisters apart, adds up, is said, and can be switched off', async () => {
  const [both, none] = [reviewWith(['shot time', 'company', 'place']), reviewWith([])];
  for (const [i, faceId] of asked.entries()) {
    const suggestions = await both.suggestions(faceId);
    const own = suggestions.find(({ person }) => person.personId === sisters[i])!;
    const other = suggestions.find(({ person }) => person.personId === sisters[1 - i])!;
    const time = (of: typeof own) => of.terms.find(({ name }) => name === 'shot time')!;
    expect(time(own).logOdds).toBeGreaterThan(0);
    expect(time(other).logOdds).toBeLessThan(0);
    expect(time(own).because).toMatch(/^\d+ of \d+ named .* are this person, who is 50 % of all\.$/);
    expect(own.terms.reduce((sum, { logOdds }) => sum + logOdds, 0)).toBe(own.score);

    const byFace = (await none.suggestions(faceId)).find(({ person }) => person.personId === sisters[i])!;
    expect(byFace.confidence).toBe(own.faceConfidence);
    expect(byFace.terms.map(({ name }) => name)).not.toContain('shot time');
  }
});

test('how much it tells is learned from the confirmed faces, and counts for every program from then on', async () => {
  const [review, elsewhere] = [reviewWith(['shot time', 'company', 'place']), reviewWith(['shot time', 'company', 'place'])];
  const before = await elsewhere.suggestions(asked[0]);
  const dry = await review.recomputePriors({ dryRun: true });
  expect(await elsewhere.suggestions(asked[0])).toEqual(before);

  const progress: number[] = [];
  const learned = await review.recomputePriors({ onProgress: ({ done, total }) => progress.push(done / total) });
  expect(learned).toEqual(dry);
  expect(learned.facesTried).toBe(2 * (15 * YEARS - 1));
  expect(progress.at(-1)).toBe(1);
  const [time, company] = learned.priors;
  expect(time!.weight.for).toBeGreaterThan(time!.before.for);
  expect(time!.faces).toBe(learned.facesTried);
  // Nobody is on a photo with anybody: it stays as it came.
  expect(company).toMatchObject({ faces: 0, weight: { for: expect.closeTo(company!.before.for, 6) } });
  const { faceAlone, before: until, after } = learned.logLikelihood!;
  expect(after).toBeGreaterThan(until);
  expect(until).toBeGreaterThan(faceAlone);

  const now = await elsewhere.suggestions(asked[0]);
  const timeOf = (of: typeof now) => of[0]!.terms.find(({ name }) => name === 'shot time')!.logOdds;
  expect(timeOf(now) / timeOf(before)).toBeCloseTo(time!.weight.for / time!.before.for, 6);
  expect((await review.recomputePriors()).priors.map(({ before }) => before)).toEqual(learned.priors.map(({ weight }) => weight));
});

test('who is on a photo without a face is company, from the moment it is said', async () => {
  const { context, people, labels } = await openSampleLibrary(opened.context);
  const clusters = new Clusters(9, 2);
  const [ada, bob] = [await people.create({ displayName: 'Ada' }), await people.create({ displayName: 'Bob' })];
  const photo = (person: number, day: number) => ({
    vectors: [clusters.face(person)],
    changes: { shot: { ...samplePhoto('any').shot, local: `2021-03-0${day}T12:00:00` } },
  });
  const [known, asked] = [
    await addFaces(
      context,
      clusterSpace,
      [1, 2, 3].map((day) => photo(0, day)),
    ),
    await addFaces(context, clusterSpace, [photo(0, 9)]),
  ];
  await labels.confirmMany({ faceIds: known.flat(), personId: ada.personId, actor });
  const faces = createFaces(context);
  const photoOf = async (faceId: string) => (await faces.get(faceId)).photoId;
  for (const [faceId] of known) await labels.confirmPhoto({ photoId: await photoOf(faceId!), personId: bob.personId, actor });
  const review = createReview(context);
  const companyOf = async () => (await review.suggestions(asked[0]![0]!))[0]!.terms.find(({ name }) => name === 'company');
  expect(await companyOf()).toBeUndefined();
  const { batchId } = await labels.confirmPhoto({ photoId: await photoOf(asked[0]![0]!), personId: bob.personId, actor });
  expect(await companyOf()).toMatchObject({
    because: '3 of 3 named on other days within 13 months are this person, who is 50 % of all.',
  });
  expect((await companyOf())!.logOdds).toBeGreaterThan(0);
  await labels.undo({ batchId, actor });
  expect(await companyOf()).toBeUndefined();
});

test('a library without confirmed faces learns nothing, and an abort changes nothing', async () => {
  const empty = await openSampleLibrary(opened.context);
  expect(await createReview(empty.context).recomputePriors()).toMatchObject({ facesTried: 0, logLikelihood: null });
  await expect(reviewWith([]).recomputePriors({ signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
});
