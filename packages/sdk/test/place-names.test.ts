import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPhotos } from '../src/catalog/photos.ts';
import type { PlaceNamesOptions } from '../src/index.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { placeNames } from '../src/placing/place-names.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { newId } from '../src/values/new-id.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';
import { imported, labelOf, openSampleLibrary } from './support/sample-library.ts';
import { sampleAnalyzed, sampleFace } from './support/sample-photos.ts';

const actor = 'mia';
const NAMES = ['Anna', 'Bert', 'Clara', 'Dora'];
const ROUNDS = 6;

let opened: TestLibrary;
let context: LibraryContext;
let library: Awaited<ReturnType<typeof openSampleLibrary>>;
/** Whose face each is. */
let truth: Map<string, number>;
let looks: Clusters;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

beforeEach(async () => {
  library = await openSampleLibrary(opened.context);
  context = library.context;
  truth = new Map();
  looks = new Clusters(21, NAMES.length);
});

/** A photo with a face of each of these people, and with names of somebody somewhere on it. */
async function addPhoto(people: readonly number[], names: readonly string[]): Promise<string[]> {
  const faces = people.map((person, i) => ({
    ...sampleFace({ x: 10 + i * 120, y: 20, width: 100, height: 100 }),
    embedding: looks.face(person),
  }));
  const analyzed = sampleAnalyzed(newId(), faces);
  const peopleShown = names.map((name) => ({ name, source: 'takeout' as const, file: 'IMG.jpg.json' }));
  const [saved] = await createPhotos(context).saveAnalyzed([
    { ...analyzed, photo: { ...analyzed.photo, peopleShown }, space: clusterSpace },
  ]);
  for (const [i, person] of people.entries()) truth.set(saved!.faceIds[i]!, person);
  return saved!.faceIds;
}

/** Pairs of people who stand together in turn, with the right names, and strangers without. */
async function addHouseholds(nameOf: (person: number) => string[] = (person) => [NAMES[person]!]): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
      [2, 3],
    ] as const) {
      await addPhoto([a, b], [...nameOf(a), ...nameOf(b)]);
    }
    await addPhoto([NAMES.length + round], []);
  }
}

const place = (options: PlaceNamesOptions = {}) => placeNames(context, { actor, ...options });

/** How many faces bear their own name, another one, and none. */
async function tally() {
  const tallied = { right: 0, wrong: 0, open: 0 };
  for (const [faceId, person] of truth) {
    const name = (await labelOf(context, faceId))?.split(':')[0] ?? null;
    if (name === null) tallied.open++;
    else if (name === NAMES[person]) tallied.right++;
    else tallied.wrong++;
  }
  return tallied;
}

async function journalLength(): Promise<number> {
  return (await Array.fromAsync(library.labels.events())).length;
}

describe('names without boxes', () => {
  test('become labels of the right faces, and people', async () => {
    await addHouseholds();
    const done = await place();
    expect(done).toMatchObject({ names: 8 * ROUNDS, guessed: 0, createdPeople: 4, refused: [] });
    expect(done.placed).toBeGreaterThan(6.5 * ROUNDS);
    expect(done.leftOpen).toBe(8 * ROUNDS - done.placed);
    expect(await tally()).toEqual({ right: done.placed, wrong: 0, open: 9 * ROUNDS - done.placed });
    const [first] = truth.keys();
    const [event] = await library.labels.history({ faceId: first! });
    expect(event).toMatchObject({
      actor,
      after: { source: 'imported' },
      provenance: { method: 'names of photos', name: 'Anna', says: [{ source: 'takeout', file: 'IMG.jpg.json' }] },
    });
  });

  test('are placed once: a second call writes nothing, and an undo takes all back', async () => {
    await addHouseholds();
    const { batchId, placed } = await place();
    const length = await journalLength();
    expect(await place()).toMatchObject({ batchId: null, placed: 0, kept: placed, createdPeople: 0 });
    expect(await journalLength()).toBe(length);
    await library.labels.undo({ batchId: batchId!, actor });
    expect(await tally()).toMatchObject({ right: 0, wrong: 0 });
    expect((await library.people.list()).total).toBe(0);
  });

  test('make a person of a name once, also when it is placed twice at a time', async () => {
    await addHouseholds();
    await Promise.all([place(), place()]);
    const { items } = await library.people.list();
    expect(items.map(({ displayName }) => displayName).sort()).toEqual([...NAMES].sort());
    expect(await tally()).toMatchObject({ wrong: 0 });
  });

  test('are only counted in a dry run', async () => {
    await addHouseholds();
    const before = await journalLength();
    const counted = await place({ dryRun: true });
    expect(counted).toMatchObject({ batchId: null, createdPeople: 4 });
    expect(await journalLength()).toBe(before);
    expect(await place()).toEqual({ ...counted, batchId: expect.any(String) });
  });

  test('find people by their aliases, and leave those out that several people go by', async () => {
    const anna = await library.people.create({ displayName: 'Anna Karenina', aliases: ['anna'], actor });
    const bert = await library.people.create({ displayName: 'Bert', actor });
    const other = await library.people.create({ displayName: 'Bert', actor });
    await addHouseholds();
    const done = await place();
    expect(done.createdPeople).toBe(2);
    expect(done.ambiguous).toEqual([
      { name: 'Bert', photos: 2 * ROUNDS, personIds: expect.arrayContaining([bert.personId, other.personId]) },
    ]);
    expect((await library.people.get(anna.personId)).facesCount).toBeGreaterThan(ROUNDS);
    expect((await library.people.get(bert.personId)).facesCount).toBe(0);
  });

  test('never stand against what a person said', async () => {
    await addHouseholds();
    const [first, second] = await addPhoto([0, 1], ['Anna', 'Bert']);
    const bert = await library.people.create({ displayName: 'Bert', actor });
    const anna = await library.people.create({ displayName: 'Anna', actor });
    await library.labels.confirm({ faceId: first!, personId: bert.personId, actor });
    await library.labels.reject({ faceId: second!, personId: anna.personId, actor });
    await place();
    expect(await labelOf(context, first!)).toBe('Bert: human_confirmed');
    expect(await labelOf(context, second!)).toBeNull();
  });

  test('that somebody took off a face stay off', async () => {
    await addHouseholds();
    await place();
    const [first] = truth.keys();
    await library.labels.clear({ faceId: first!, actor });
    await place();
    expect(await labelOf(context, first!)).toBeNull();
  });

  test('leave imported labels alone that say otherwise', async () => {
    await addHouseholds();
    const dora = await library.people.create({ displayName: 'Dora', actor });
    const [first] = truth.keys();
    await library.labels.apply({ faceId: first!, personId: dora.personId, ...imported });
    await place();
    expect(await labelOf(context, first!)).toBe('Dora: imported');
  });

  test('name alike faces of photos without the name as guesses, unless only listed ones are asked for', async () => {
    await addHouseholds();
    const [bare] = await addPhoto([0], []);
    expect(await place({ listedOnly: true, dryRun: true })).toMatchObject({ guessed: 0 });
    expect(await place({ minConfidence: 0.5 })).toMatchObject({ guessed: 1 });
    expect(await labelOf(context, bare!)).toBe('Anna: model_guess');
  });

  test('make people of all names when that is asked for', async () => {
    await addPhoto([], ['Emil']);
    expect(await place()).toMatchObject({ createdPeople: 0, leftOpen: 1, batchId: null });
    expect(await place({ createAll: true })).toMatchObject({ createdPeople: 1, leftOpen: 1 });
  });

  test('that are wrong here and there put few names on wrong faces', async () => {
    const random = new Clusters(5, 1);
    await addHouseholds((person) => {
      const lot = random.pick(10);
      return lot === 0 ? [] : [lot === 1 ? NAMES[random.pick(NAMES.length)]! : NAMES[person]!];
    });
    await place();
    const { right, wrong } = await tally();
    expect(right).toBeGreaterThan(4 * ROUNDS);
    expect(wrong).toBeLessThanOrEqual(1);
  });

  test('are not placed when the call is aborted, and options that nobody knows are refused', async () => {
    await addHouseholds();
    await expect(place({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    expect(await journalLength()).toBe(0);
    await expect(place({ minConfidence: 2 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(place({ sure: true } as PlaceNamesOptions)).rejects.toThrow("There is no 'sure'");
  });
});
