import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFaces } from '../src/catalog/faces.ts';
import { createGroups } from '../src/grouping/create-groups.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import type { ReviewCard } from '../src/model/review-cards.ts';
import { createReview } from '../src/review/create-review.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addFaces } from './support/face-bank.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';
import { labelOf, openSampleLibrary } from './support/sample-library.ts';

const actor = 'mia';

let opened: TestLibrary;
let context: LibraryContext;
let library: Awaited<ReturnType<typeof openSampleLibrary>>;
let clusters: Clusters;
let review: ReturnType<typeof createReview>;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());
beforeEach(async () => {
  library = await openSampleLibrary(opened.context);
  ({ context } = library);
  clusters = new Clusters(11, 6);
  review = createReview(context);
});

const idsOf = ({ faces }: ReviewCard) => faces.map(({ face }) => face.faceId);
const add = async (person: number, count: number) =>
  (
    await addFaces(
      context,
      clusterSpace,
      Array.from({ length: count }, () => ({ vectors: [clusters.face(person)] })),
    )
  ).flat();
const create = async (displayName: string) => (await library.people.create({ displayName, actor })).personId;

test('a person who answers truthfully card by card names everybody rightly, with fewer keys than faces', async () => {
  const truth = new Map<string, string>();
  for (const person of [0, 1, 2, 3]) for (const faceId of await add(person, 14)) truth.set(faceId, `Person ${person}`);
  for (const faceId of await add(99, 1)) truth.set(faceId, 'Stranger');
  let keys = 0;
  for (;;) {
    const { cards, progress } = await review.next();
    expect(progress.faces).toBe(truth.size);
    expect(progress.named + progress.guessed + progress.ignored + progress.waiting).toBe(progress.faces);
    const [card] = cards;
    if (!card) {
      expect(progress.waiting).toBe(0);
      break;
    }
    const faceIds = idsOf(card);
    const name = card.person?.displayName ?? truth.get(faceIds[0]!)!;
    const right = faceIds.filter((faceId) => truth.get(faceId) === name);
    const wrong = faceIds.filter((faceId) => !right.includes(faceId));
    keys += 1 + wrong.length;
    const { cardId, kind } = card;
    if (name === 'Stranger') await review.answer({ cardId, actor, nobodyFaceIds: faceIds });
    else await review.answer({ cardId, actor, faceIds: right, name, notFaceIds: kind === 'face' ? [] : wrong });
    await review.applyCertain();
  }
  const { items } = await library.people.list({ limit: 50 });
  expect(items.map(({ displayName }) => displayName)).toEqual(['Person 0', 'Person 1', 'Person 2', 'Person 3']);
  for (const [faceId, name] of truth) expect((await labelOf(context, faceId))?.split(':')[0] ?? 'Stranger').toBe(name);
  expect(keys).toBeLessThan(truth.size / 3);
});

test('whoever resembles somebody too little to be on that card is asked about alone, and not while the card is', async () => {
  const ada = await create('Ada');
  const faceIds = await add(0, 5);
  await library.labels.confirmMany({ faceIds: faceIds.slice(0, 2), personId: ada, actor });
  const strict = createReview({ ...context, settings: { ...context.settings, confirmThreshold: 1, autoApplyThreshold: 1 } });
  const alone = (await strict.next({ limit: 20 })).cards;
  expect(alone.flatMap(idsOf).sort()).toEqual(faceIds.slice(2).sort());
  const [card] = (await review.next()).cards;
  expect(card!.kind).toBe('person');
  const others = (await review.next({ limit: 20, later: [card!.cardId] })).cards;
  expect(others.flatMap(idsOf).filter((faceId) => idsOf(card!).includes(faceId))).toEqual([]);
});

describe('a card', () => {
  test('of faces that nobody named comes first where it settles most, and one that is put off makes way', async () => {
    await add(0, 8);
    await add(1, 5);
    const { cards, progress } = await review.next({ limit: 2 });
    expect(progress).toEqual({ faces: 13, named: 0, guessed: 0, ignored: 0, waiting: 13 });
    expect(cards.map(({ kind, person }) => [kind, person])).toEqual([
      ['group', null],
      ['group', null],
    ]);
    expect(cards[0]!.faces.length).toBeGreaterThan(cards[1]!.faces.length);
    expect(cards[0]!.gain).toBeGreaterThan(cards[1]!.gain);
    const [first] = (await review.next({ later: [cards[0]!.cardId] })).cards;
    expect(first!.cardId).toBe(cards[1]!.cardId);
  });

  test('of somebody who is known shows the surest first, says who and why, and asks about no guess', async () => {
    const ada = await create('Ada');
    await library.labels.confirmMany({ faceIds: await add(0, 3), personId: ada, actor });
    const waiting = await add(0, 6);
    const [card] = (await review.next()).cards;
    expect(card).toMatchObject({ kind: 'person', cardId: `person:${ada}`, person: { displayName: 'Ada' }, more: 0 });
    const confidences = card!.faces.map(({ suggestion }) => suggestion!.confidence);
    expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
    for (const { face, suggestion } of card!.faces) {
      expect(waiting).toContain(face.faceId);
      expect(suggestion).toEqual((await review.suggestions(face.faceId))[0]);
    }
    const { applied } = await review.applyCertain();
    const { cards, progress } = await review.next({ limit: 20 });
    expect(progress).toMatchObject({ named: 3, guessed: applied, waiting: 6 - applied });
    expect(cards.flatMap(idsOf)).toHaveLength(6 - applied);
  });

  test('is answered in one batch: who it is, who it is not, and who is nobody', async () => {
    const ada = await create('Ada');
    await library.labels.confirmMany({ faceIds: await add(0, 3), personId: ada, actor });
    await add(0, 5);
    const before = await review.next({ limit: 20 });
    const [card] = before.cards;
    const [yes, no, nobody] = idsOf(card!) as [string, string, string];
    const answer = { cardId: card!.cardId, actor, faceIds: [yes], notFaceIds: [no], nobodyFaceIds: [nobody] };
    const { batchId, personId, events } = await review.answer({ ...answer, reason: 'picture' });
    expect([personId, events]).toEqual([ada, 3]);
    expect(await labelOf(context, yes)).toBe('Ada: human_confirmed');
    expect(await createFaces(context).get(nobody)).toMatchObject({ ignored: true, ignoredReason: 'picture' });
    expect((await review.suggestions(no)).map(({ person }) => person.personId)).not.toContain(ada);
    expect((await review.next()).progress).toMatchObject({ named: 4, ignored: 1 });
    await library.labels.undo({ batchId, actor });
    expect(await review.next({ limit: 20 })).toEqual(before);
  });

  test('whose faces changed since it was read is refused, and nothing of it is kept', async () => {
    await add(0, 4);
    const [card] = (await review.next()).cards;
    const [first] = idsOf(card!) as [string];
    const bob = await create('Bob');
    await library.labels.confirm({ faceId: first, personId: bob, actor: 'noor' });
    const revisions = Object.fromEntries(card!.faces.map(({ face }) => [face.faceId, face.label?.eventId ?? null]));
    const answer = {
      cardId: card!.cardId,
      actor,
      faceIds: idsOf(card!),
      name: 'Ada',
      revisions,
    };
    await expect(review.answer(answer)).rejects.toMatchObject({
      code: 'LABEL_CHANGED',
      details: { actor: 'noor', displayName: 'Bob' },
    });
    expect(await library.people.findByName('Ada')).toBeNull();
  });

  test('of two people who look like one merges them, or never comes back', async () => {
    const [ada, other, bob] = [await create('Ada'), await create('Ada L.'), await create('Bob')];
    await library.labels.confirmMany({ faceIds: await add(0, 8), personId: ada, actor });
    await library.labels.confirmMany({ faceIds: await add(0, 4), personId: other, actor });
    await library.labels.confirmMany({ faceIds: await add(1, 4), personId: bob, actor });
    const [card, ...rest] = (await review.next({ limit: 20 })).cards;
    expect(rest).toEqual([]);
    const pair = {
      cardId: `pair:${ada}:${other}`,
      kind: 'pair',
      person: { displayName: 'Ada' },
      other: { displayName: 'Ada L.' },
    };
    expect(card).toMatchObject(pair);

    const { batchId } = await review.answer({ cardId: card!.cardId, actor, same: false });
    expect((await review.next()).cards).toEqual([]);
    await library.labels.undo({ batchId, actor });
    expect((await review.next()).cards).toEqual([card]);
    await review.answer({ cardId: card!.cardId, actor, same: true });
    expect((await review.next()).cards).toEqual([]);
    expect(await library.people.get(other)).toMatchObject({ mergedInto: ada });
  });

  test('of a group takes out for good who does not belong to it', async () => {
    await add(0, 6);
    const [card] = (await review.next()).cards;
    const [out, ...others] = idsOf(card!) as [string, ...string[]];
    const { batchId } = await review.answer({ cardId: card!.cardId, actor, notFaceIds: [out] });
    const groups = createGroups(context);
    await groups.regroup();
    const [group] = (await groups.list()).items;
    expect((await groups.faces(group!.groupId)).items.map(({ faceId }) => faceId).sort()).toEqual(others.sort());
    await library.labels.undo({ batchId, actor });
  });
});

test.each<{ desc: string; answer: object; message: RegExp }>([
  { desc: 'no card', answer: { cardId: 'person:ada' }, message: /cardId/ },
  { desc: 'no face', answer: {}, message: /about no face/ },
  {
    desc: 'a pair answered without `same`',
    answer: { cardId: `pair:${crypto.randomUUID()}:${crypto.randomUUID()}` },
    message: /same/,
  },
  { desc: 'a face named twice', answer: { faceIds: ['a'], notFaceIds: ['A'] }, message: /twice/ },
  {
    desc: 'nobody who it is',
    answer: { cardId: `group:${crypto.randomUUID()}`, faceIds: ['a'] },
    message: /does not exist|not found|no face/i,
  },
  { desc: 'what nobody knows', answer: { faces: [] }, message: /no 'faces'/ },
])('an answer of $desc is refused', async ({ answer, message }) => {
  await expect(review.answer({ cardId: `face:${crypto.randomUUID()}`, actor, ...answer })).rejects.toThrow(message);
});
