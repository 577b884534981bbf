import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LibraryContext } from '../src/library/library-context.ts';
import type { Review } from '../src/model/review.ts';
import type { Suggestion } from '../src/model/suggestion.ts';
import { createReview } from '../src/review/create-review.ts';
import { RANKING_TERMS } from '../src/review/ranking-terms.ts';
import type { RankingTerm } from '../src/review/terms/ranking-term.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addFaces } from './support/face-bank.ts';
import { hiddenTerm } from './support/hidden-term.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';
import { openSampleLibrary } from './support/sample-library.ts';

const actor = 'mia';

let opened: TestLibrary;
let context: LibraryContext;
let people: Awaited<ReturnType<typeof openSampleLibrary>>['people'];
let ada: string;
let asked: string[];

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

beforeEach(async () => {
  const library = await openSampleLibrary(opened.context);
  ({ context, people } = library);
  const clusters = new Clusters(7, 3);
  const add = async (person: number, count: number) =>
    (
      await addFaces(
        context,
        clusterSpace,
        Array.from({ length: count }, () => ({ vectors: [clusters.face(person)] })),
      )
    ).flat();
  ada = (await people.create({ displayName: 'Ada' })).personId;
  const bob = (await people.create({ displayName: 'Bob' })).personId;
  await library.labels.confirmMany({ faceIds: await add(0, 4), personId: ada, actor });
  await library.labels.confirmMany({ faceIds: await add(1, 4), personId: bob, actor });
  asked = [...(await add(0, 4)), ...(await add(1, 2)), ...(await add(2, 2))];
});

/** What suggestions say of each face, after seeing that the queue says the same. */
async function suggestionsOf(review: ReturnType<typeof createReview>): Promise<Map<string, Suggestion[]>> {
  const { items } = await review.queue({ minConfidence: 0, limit: 200 });
  const queued = new Map(items.map(({ face, suggestions }) => [face.faceId, suggestions]));
  const suggested = new Map<string, Suggestion[]>();
  for (const faceId of asked) suggested.set(faceId, await review.suggestions(faceId));
  expect(queued).toEqual(suggested);
  return suggested;
}
const ofAda = (all: Map<string, Suggestion[]>) => [...all.values()].flat().filter(({ person }) => person.personId === ada);

test('a prior ranks in suggestions and queue alike, as one more term of the sum, and is kept up to date', async () => {
  const review = createReview(context, [...RANKING_TERMS, hiddenTerm]);
  const before = await suggestionsOf(review);
  expect(before).toEqual(await suggestionsOf(createReview(context)));
  expect(ofAda(before).length).toBeGreaterThan(2);

  await people.update(ada, { hidden: true });
  const after = await suggestionsOf(review);
  expect(ofAda(after).length).toBe(ofAda(before).length);
  for (const { terms, score, confidence, faceConfidence } of ofAda(after)) {
    expect(terms).toContainEqual({ name: 'hidden', logOdds: -2, because: 'This person is hidden from lists.' });
    expect(terms.reduce((sum, { logOdds }) => sum + logOdds, 0)).toBe(score);
    expect(confidence).toBeLessThan(faceConfidence);
  }

  await people.update(ada, { hidden: false });
  expect(await suggestionsOf(review)).toEqual(before);
});

test('the order in which terms are registered does not matter, to the last bit', async () => {
  await people.update(ada, { hidden: true });
  const terms = [...RANKING_TERMS, hiddenTerm];
  const forwards = await suggestionsOf(createReview(context, terms));
  expect(await suggestionsOf(createReview(context, terms.toReversed()))).toEqual(forwards);
});

test('no prior applies a name by itself, and one against a name keeps it from being applied', async () => {
  const saying = (logOdds: number): RankingTerm => ({
    kind: 'prior',
    weigh: ({ candidates }) => [{ name: 'hearsay', logOdds: candidates.map(() => logOdds), because: () => 'They say so.' }],
  });
  const best = [...(await suggestionsOf(createReview(context))).values()]
    .flatMap(([first]) => first?.confidence ?? [])
    .sort((a, b) => a - b);
  const certain = { ...context, settings: { ...context.settings, autoApplyThreshold: best[2]! } };
  const applied = async (...priors: RankingTerm[]) =>
    (await createReview(certain, [...RANKING_TERMS, ...priors]).applyCertain({ dryRun: true })).applied;
  expect(await applied()).toBe(best.length - 2);
  expect(await applied(saying(20))).toBe(best.length - 2);
  expect(await applied(saying(-20))).toBe(0);

  const urged = [...(await suggestionsOf(createReview(certain, [...RANKING_TERMS, saying(20)]))).values()].flatMap(
    ([first]) => first ?? [],
  );
  expect(Math.min(...urged.map(({ confidence }) => confidence))).toBeGreaterThan(best[2]!);
  expect(urged.filter(({ action }) => action === 'ask')).toHaveLength(2);
});

test('what terms know is read once for all faces, until something changes', async () => {
  let reads = 0;
  const counting: RankingTerm = {
    kind: 'prior',
    prepare: async () => {
      reads++;
      return () => [];
    },
  };
  const review = createReview(context, [...RANKING_TERMS, counting]);
  await suggestionsOf(review);
  expect(reads).toBe(1);
  await people.update(ada, { hidden: true });
  await suggestionsOf(review);
  expect(reads).toBe(2);
});

test('the guide shows this prior as it is run here', async () => {
  const guide = await readFile(new URL('../../../docs/guides/ranking-terms.md', import.meta.url), 'utf8');
  const source = await readFile(new URL('./support/hidden-term.ts', import.meta.url), 'utf8');
  expect(guide).toContain(source.replace('../../src/review/terms/ranking-term.ts', './ranking-term.ts'));
});

test.each<{ desc: string; ask: (review: Review) => Promise<unknown> }>([
  { desc: 'suggestions', ask: (review) => review.suggestions(asked[0]!) },
  { desc: 'the queue', ask: async (review) => (await review.queue({ minConfidence: 0 })).items.map((item) => item.suggestions) },
  { desc: 'labels that are applied', ask: (review) => review.applyCertain() },
])('somebody who is removed in the middle is left out of $desc', async ({ ask }) => {
  let isThere = true;
  const removing: RankingTerm = {
    kind: 'prior',
    prepare: async () => {
      if (isThere) await people.remove(ada, { actor, unlabel: true });
      isThere = false;
      return () => [];
    },
  };
  const settings = { ...context.settings, autoApplyThreshold: 0.5, confirmThreshold: 0.1 };
  const review = createReview({ ...context, settings }, [...RANKING_TERMS, removing]);
  const answer = await ask(review);
  const suggestions = [answer].flat(2).filter((one) => typeof one === 'object' && one !== null && 'rank' in one);
  for (const suggestion of suggestions) expect(suggestion).toMatchObject({ person: { displayName: 'Bob' } });
  const { rows } = await sql<{ personId: string }>`
    SELECT DISTINCT person_id AS "personId" FROM face_labels WHERE library_id = ${context.libraryId}`.execute(context.db);
  expect(rows.map(({ personId }) => personId)).not.toContain(ada);
});
