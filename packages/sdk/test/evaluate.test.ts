import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LibraryContext } from '../src/library/library-context.ts';
import { createReview } from '../src/review/create-review.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addFaces } from './support/face-bank.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';
import { openSampleLibrary } from './support/sample-library.ts';

const PEOPLE = 6;
const FACES_PER_PERSON = 5;
const actor = 'mia';

let opened: TestLibrary;
let context: LibraryContext;
let review: ReturnType<typeof createReview>;
let library: Awaited<ReturnType<typeof openSampleLibrary>>;
/** By person; the last one has a single face. */
let personIds: string[];
let faceIds: string[][];

beforeAll(async () => {
  opened = await openTestLibrary();
  library = await openSampleLibrary(opened.context);
  context = library.context;
  review = createReview(context);
  const clusters = new Clusters(17, PEOPLE + 20);
  const add = async (person: number, count: number) =>
    (
      await addFaces(
        context,
        clusterSpace,
        Array.from({ length: count }, () => ({ vectors: [clusters.face(person)] })),
      )
    ).flat();
  faceIds = [];
  personIds = [];
  for (let person = 0; person < PEOPLE; person++) {
    const faces = await add(person, person === PEOPLE - 1 ? 1 : FACES_PER_PERSON);
    const { personId } = await library.people.create({ displayName: `Person ${person}` });
    await library.labels.confirmMany({ faceIds: faces, personId, actor });
    faceIds.push(faces);
    personIds.push(personId);
  }
  for (let stranger = 0; stranger < 20; stranger++) await add(PEOPLE + stranger, 1);
});
afterAll(() => opened.close());

test('every confirmed face is tried as its suggestions would say, and once as a stranger', async () => {
  const evaluation = await review.evaluate();
  const known = (PEOPLE - 1) * FACES_PER_PERSON;
  expect(evaluation).toMatchObject({ facesTried: known + 1, knownFaces: known, peopleTried: PEOPLE });

  let [right, named, squares, guessed] = [0, 0, 0, 0];
  for (const [person, faces] of faceIds.entries()) {
    for (const faceId of faces) {
      const [best] = await review.suggestions(faceId);
      if (!best) continue;
      const isRight = faces.length > 1 && best.person.personId === personIds[person];
      guessed++;
      right += Number(isRight);
      named += Number(isRight && best.action === 'auto_apply');
      squares += (best.confidence - Number(isRight)) ** 2;
    }
  }
  expect(evaluation.firstRight).toBe(right / known);
  expect(evaluation.brier).toBeCloseTo(squares / guessed, 12);
  const threshold = evaluation.thresholds.find(({ confidence }) => confidence === context.settings.autoApplyThreshold)!;
  expect(threshold.covered).toBe(named / known);
  expect(threshold.covered).toBeGreaterThan(0.5);
  expect(threshold.strangersNamed).toBe(0);
  expect(evaluation.people.map(({ personId }) => personId).sort()).toEqual(personIds.slice(0, -1).sort());
  expect(evaluation.people.reduce((sum, person) => sum + person.named, 0)).toBe(named);
  expect(evaluation.crowding.map(({ name }) => name)).toEqual(['crowded', 'usual', 'sparse']);
  expect(evaluation.crowding.reduce((sum, { faces }) => sum + faces, 0)).toBe(known + 1);
  expect(evaluation.withoutTerm.map(({ term }) => term)).toContain('strangers');
});

test('the same faces are tried again, as many as asked for', async () => {
  const some = await review.evaluate({ limit: 7 });
  expect(some.facesTried).toBe(7);
  expect(await createReview(context).evaluate({ limit: 7 })).toEqual(some);
});

test('questions until 95 % are named: fewer than faces, always the same, and nothing is written', async () => {
  const journal = async () => {
    const { rows } = await sql<{ events: string }>`SELECT count(*) AS events FROM identity_events`.execute(context.db);
    return rows[0]!.events;
  };
  const before = await journal();
  const { questions } = await review.evaluate({ limit: 1 });
  const faces = (PEOPLE - 1) * FACES_PER_PERSON + 1;
  expect(questions).toMatchObject({ faces, people: PEOPLE });
  expect(questions!.toNinetyFive).toBeLessThan(faces);
  expect(questions!.toNinetyFive).toBeGreaterThanOrEqual(PEOPLE - 1);
  const { curve } = questions!;
  expect(curve.map(({ named }) => named)).toEqual(Array.from({ length: 19 }, (_, i) => (5 * (i + 1)) / 100));
  expect(curve.map((point) => point.questions)).toEqual(curve.map((point) => point.questions).toSorted((a, b) => a - b));
  expect((await createReview(context).evaluate({ limit: 1 })).questions).toEqual(questions);
  expect(await journal()).toBe(before);
});

test('of as many faces as asked for, and of none at all', async () => {
  expect((await review.evaluate({ limit: 1, questionFaces: 0 })).questions).toBeNull();
  const { questions } = await review.evaluate({ limit: 1, questionFaces: 12 });
  expect(questions).toMatchObject({ faces: PEOPLE, people: PEOPLE });
});

test('faces are told apart by age where a birth date is known', async () => {
  expect((await review.evaluate()).ages).toEqual([]);
  await library.people.update(personIds[0]!, { birthDate: '2022-05-02' });
  await library.people.update(personIds[1]!, { birthDate: '1980-05-01' });
  const { ages } = await review.evaluate();
  expect(ages.map(({ name, faces }) => ({ name, faces }))).toEqual([
    { name: 'under 3 years', faces: FACES_PER_PERSON },
    { name: '18 years and more', faces: FACES_PER_PERSON },
  ]);
});

test('a library without confirmed faces has nothing to take a share of', async () => {
  const empty = await openSampleLibrary(opened.context);
  expect(await createReview(empty.context).evaluate()).toMatchObject({
    facesTried: 0,
    firstRight: null,
    brier: null,
    calibrationError: null,
    people: [],
    crowding: [],
    questions: null,
    coverage: [
      { precision: 0.99, covered: null },
      { precision: 0.995, covered: null },
    ],
  });
});

test('tells its progress, stops when aborted, and refuses what makes no sense', async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const running = review.evaluate({
    signal: controller.signal,
    onProgress: ({ done }) => {
      seen.push(done);
      if (done > 5) controller.abort(new Error('enough'));
    },
  });
  await expect(running).rejects.toThrow('enough');
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  await expect(review.evaluate({ questionFaces: -1 })).rejects.toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  await expect(review.evaluate({ limit: 0 })).rejects.toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});
