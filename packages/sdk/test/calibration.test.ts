import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LibraryContext } from '../src/library/library-context.ts';
import { createReview } from '../src/review/create-review.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addFaces } from './support/face-bank.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';
import { openSampleLibrary } from './support/sample-library.ts';

const actor = 'test';
const PEOPLE = 12;

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

/** Twelve people of whom faces are confirmed, and as many that wait, strangers among them. */
async function confirmedLibrary(facesEach: number): Promise<{ context: LibraryContext; waiting: string[] }> {
  const { context, people, labels } = await openSampleLibrary(opened.context);
  const clusters = new Clusters(17, PEOPLE);
  const photosOf = (count: number, person: (i: number) => number) =>
    Array.from({ length: count }, (_, i) => ({ vectors: [clusters.face(person(i))] }));
  for (let person = 0; person < PEOPLE; person++) {
    const { personId } = await people.create({ displayName: `Person ${person}` });
    const faces = await addFaces(
      context,
      clusterSpace,
      photosOf(facesEach, () => person),
    );
    await labels.confirmMany({ faceIds: faces.flat(), personId, actor });
  }
  const waiting = await addFaces(
    context,
    clusterSpace,
    photosOf(60, (i) => i % (2 * PEOPLE)),
  );
  return { context, waiting: waiting.flat() };
}

test('what confidences are worth is learned from the confirmed faces, and counts for every program from then on', async () => {
  const { context, waiting } = await confirmedLibrary(12);
  const [review, elsewhere] = [createReview(context), createReview(context)];
  const suggestionsOf = () => Promise.all(waiting.map((faceId) => elsewhere.suggestions(faceId)));
  const before = await suggestionsOf();
  const dry = await review.calibrate({ dryRun: true });
  expect(await suggestionsOf()).toEqual(before);

  const progress: number[] = [];
  const learned = await review.calibrate({ onProgress: ({ done, total }) => progress.push(done / total) });
  expect(learned).toEqual(dry);
  expect(learned.facesTried).toBe(12 * PEOPLE);
  expect(progress.at(-1)).toBe(1);
  // Half of those who wait are of nobody who is known.
  expect(learned.knownShare).toBeGreaterThan(0.35);
  expect(learned.knownShare).toBeLessThan(0.65);

  const after = await suggestionsOf();
  const first = (of: typeof after) => of.flatMap(([suggestion]) => suggestion ?? []);
  expect(first(after).map(({ person, score, terms }) => ({ person, score, terms }))).toEqual(
    first(before).map(({ person, score, terms }) => ({ person, score, terms })),
  );
  expect(first(after).map(({ confidence }) => confidence)).not.toEqual(first(before).map(({ confidence }) => confidence));
  for (const { confidence, interval } of first(after)) {
    expect(interval.low).toBeLessThanOrEqual(confidence);
    expect(interval.high).toBeGreaterThanOrEqual(confidence);
  }
  // Learned anew, it is the same: what was learned before plays no part.
  expect(await review.calibrate()).toEqual(learned);
});

test('few confirmed faces teach nothing, and an abort changes nothing', async () => {
  const { context } = await confirmedLibrary(2);
  const review = createReview(context);
  expect(await review.calibrate()).toMatchObject({ facesTried: 2 * PEOPLE, knownShare: null });
  await expect(review.calibrate({ signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
  await expect(review.calibrate({ limit: 0 })).rejects.toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  expect(
    await context.db.selectFrom('learned_calibrations').selectAll().where('library_id', '=', context.libraryId).execute(),
  ).toEqual([]);
});
