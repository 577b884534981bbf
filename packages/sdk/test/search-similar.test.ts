import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLabels } from '../src/identity/labelling/create-labels.ts';
import { createPeople } from '../src/identity/people/create-people.ts';
import type { Search } from '../src/index.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { createSearch } from '../src/search/create-search.ts';
import { l2Distance } from '../src/search/distance.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { newId } from '../src/values/new-id.ts';
import { addFaces } from './support/face-bank.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';
import { openSampleLibrary } from './support/sample-library.ts';
import { sampleSpace } from './support/sample-photos.ts';

const PEOPLE = 12;
const FACES_PER_PERSON = 25;
const code = (expected: string) => expect.objectContaining({ code: expected });

let opened: TestLibrary;
let context: LibraryContext;
let search: Search;
/** In the order they were added. */
let bank: { faceId: string; person: number; vector: Float32Array; shot: Date }[];
let anna: string;

beforeAll(async () => {
  opened = await openTestLibrary();
  ({ context } = await openSampleLibrary(opened.context));
  search = createSearch(context);
  const clusters = new Clusters(7, PEOPLE);
  const faces = Array.from({ length: PEOPLE * FACES_PER_PERSON }, (_, i) => ({
    person: i % PEOPLE,
    vector: clusters.face(i % PEOPLE),
    shot: new Date(Date.UTC(2020, 0, 1 + i)),
  }));
  const ids = await addFaces(
    context,
    clusterSpace,
    faces.map(({ vector, shot }) => ({
      vectors: [vector],
      changes: {
        shot: {
          at: null,
          local: shot.toISOString().slice(0, 19),
          offsetMinutes: null,
          zone: null,
          source: null,
          precision: 'second',
          candidates: [],
        },
      },
    })),
  );
  bank = faces.map((face, i) => ({ ...face, faceId: ids[i]![0]! }));
  anna = (await createPeople(context).create({ displayName: 'Anna' })).personId;
  const hers = bank.filter((face) => face.person === 0).slice(0, 10);
  await createLabels(context).confirmMany({ faceIds: hers.map((face) => face.faceId), personId: anna, actor: 'mia' });
});
afterAll(() => opened.close());

/** The answer by brute force. */
function nearest(probe: Float32Array, among: typeof bank, limit: number) {
  return among
    .map(({ faceId, vector }) => ({ faceId, distance: l2Distance(probe, vector) }))
    .sort((a, b) => a.distance - b.distance || (a.faceId < b.faceId ? -1 : 1))
    .slice(0, limit);
}
const answer = (found: Awaited<ReturnType<Search['similarFaces']>>) =>
  found.map(({ face, distance }) => ({ faceId: face.faceId, distance }));

describe('similar faces', () => {
  test('of a stored face are the nearest others, in order, with exact distances', async () => {
    for (const probe of bank.slice(0, 5)) {
      const others = bank.filter((face) => face !== probe);
      expect(answer(await search.similarFaces({ faceId: probe.faceId }))).toEqual(nearest(probe.vector, others, 20));
    }
  });

  test('are mostly of the same person: precision at 10 on generated clusters', async () => {
    const personOf = new Map(bank.map((face) => [face.faceId, face.person]));
    const probes = bank.slice(0, 40);
    let same = 0;
    for (const probe of probes) {
      const found = await search.similarFaces({ faceId: probe.faceId, limit: 10 });
      same += found.filter(({ face }) => personOf.get(face.faceId) === probe.person).length;
    }
    expect(same / (probes.length * 10)).toBeGreaterThan(0.97);
  });

  test('of an embedding include the face it came from, at distance 0', async () => {
    const { vector, faceId } = bank[3]!;
    const [first] = await search.similarFaces({ embedding: [...vector], space: clusterSpace.name, limit: 1 });
    expect(first).toMatchObject({ face: { faceId }, distance: 0 });
  });

  test('carry their labels', async () => {
    const [found] = await search.similarFaces({ faceId: bank[0]!.faceId, personId: anna, limit: 1 });
    expect(found!.face.label).toMatchObject({ personId: anna, displayName: 'Anna', source: 'human_confirmed' });
  });

  test('stop at a distance', async () => {
    const probe = bank[0]!;
    const all = nearest(probe.vector, bank.slice(1), 200);
    const maxDistance = all[4]!.distance;
    expect(answer(await search.similarFaces({ faceId: probe.faceId, maxDistance, limit: 200 }))).toEqual(all.slice(0, 5));
  });

  test.each([
    { desc: 'of a person', options: () => ({ personId: anna }), keeps: (i: number) => i % PEOPLE === 0 && i < 10 * PEOPLE },
    { desc: 'with a label', options: () => ({ labelled: true }), keeps: (i: number) => i % PEOPLE === 0 && i < 10 * PEOPLE },
    { desc: 'without a label', options: () => ({ labelled: false }), keeps: (i: number) => i % PEOPLE !== 0 || i >= 10 * PEOPLE },
    {
      desc: 'of some days, the first and the last included',
      options: () => ({ shotFrom: new Date(Date.UTC(2020, 0, 11)), shotTo: new Date(Date.UTC(2020, 0, 20)) }),
      keeps: (i: number) => i >= 10 && i < 20,
    },
  ])('only those $desc, and all of them that there are', async ({ options, keeps }) => {
    const probe = bank[0]!;
    const expected = nearest(
      probe.vector,
      bank.filter((face, i) => face !== probe && keeps(i)),
      200,
    );
    expect(expected.length).toBeGreaterThan(5);
    expect(answer(await search.similarFaces({ faceId: probe.faceId, limit: 200, ...options() }))).toEqual(expected);
  });

  test('leave out photos that are deleted or missing, and still fill the answer', async () => {
    const { vector, faceId } = bank[0]!;
    const gone = nearest(vector, bank.slice(1), 60).map((face) => face.faceId);
    const mark = (value: Date | null) =>
      sql`UPDATE photos SET deleted_ts = ${value}, missing_since = ${value} WHERE photo_id IN (
        SELECT photo_id FROM faces WHERE face_id = ANY (${gone}::uuid[]))`.execute(context.db);
    await mark(new Date());
    try {
      const left = bank.slice(1).filter((face) => !gone.includes(face.faceId));
      expect(answer(await search.similarFaces({ faceId, limit: 10 }))).toEqual(nearest(vector, left, 10));
    } finally {
      await mark(null);
    }
  });

  test('with equal distances come in the order of their ids', async () => {
    const other = await openSampleLibrary(opened.context);
    const vector = new Clusters(1, 1).face(0);
    const ids = (await addFaces(other.context, clusterSpace, [{ vectors: [vector, vector, vector] }])).flat();
    const found = await createSearch(other.context).similarFaces({ embedding: vector, space: clusterSpace.name });
    expect(answer(found)).toEqual(ids.toSorted().map((faceId) => ({ faceId, distance: 0 })));
  });
});

describe('spaces', () => {
  test('are never mixed: a face of two spaces is compared in the one that is asked for', async () => {
    const other = await openSampleLibrary(opened.context);
    const [[a, b]] = (await addFaces(other.context, sampleSpace, [
      { vectors: [Float32Array.of(1, 0, 0, 0), Float32Array.of(0, 1, 0, 0)] },
    ])) as [[string, string]];
    const [[alone]] = (await addFaces(other.context, clusterSpace, [{ vectors: [new Clusters(2, 1).face(0)] }])) as [[string]];
    const similar = createSearch(other.context);
    expect(answer(await similar.similarFaces({ faceId: a, space: sampleSpace.name }))).toEqual([
      { faceId: b, distance: Math.SQRT2 },
    ]);
    expect(await similar.similarFaces({ faceId: alone, space: clusterSpace.name })).toEqual([]);
    await expect(similar.similarFaces({ faceId: alone })).rejects.toThrow(code('SPACE_NOT_FOUND'));
    // The first space of a library serves until another is chosen.
    expect((await similar.similarFaces({ embedding: [1, 0, 0, 0] })).map(({ space }) => space)).toEqual([
      sampleSpace.name,
      sampleSpace.name,
    ]);
    await expect(similar.similarFaces({ embedding: Array(128).fill(0) })).rejects.toThrow(code('SPACE_MISMATCH'));
    await expect(similar.similarFaces({ faceId: a, space: clusterSpace.name })).rejects.toThrow(code('SPACE_NOT_FOUND'));
  });

  test('an embedding needs no name of a space while the library uses one', async () => {
    const [found] = await search.similarFaces({ embedding: bank[0]!.vector, limit: 1 });
    expect(found!.face.faceId).toBe(bank[0]!.faceId);
  });
});

describe('refused', () => {
  test.each([
    { desc: 'neither a face nor an embedding', options: {}, expected: 'INVALID_INPUT' },
    { desc: 'both', options: { faceId: newId(), embedding: [1] }, expected: 'INVALID_INPUT' },
    { desc: 'an empty embedding', options: { embedding: [] }, expected: 'INVALID_INPUT' },
    { desc: 'an embedding with NaN', options: { embedding: Array(128).fill(Number.NaN) }, expected: 'INVALID_INPUT' },
    { desc: 'an embedding that is text', options: { embedding: 'abc' as unknown as number[] }, expected: 'INVALID_INPUT' },
    { desc: 'an embedding of another dimension', options: { embedding: [1, 2, 3] }, expected: 'SPACE_MISMATCH' },
    { desc: 'an unknown space', options: { embedding: [1], space: 'nowhere' }, expected: 'SPACE_NOT_FOUND' },
    { desc: 'an unknown face', options: { faceId: newId() }, expected: 'FACE_NOT_FOUND' },
    { desc: 'a limit of 0', options: { embedding: Array(128).fill(0), limit: 0 }, expected: 'INVALID_INPUT' },
    { desc: 'a limit of 201', options: { embedding: Array(128).fill(0), limit: 201 }, expected: 'INVALID_INPUT' },
    { desc: 'a negative distance', options: { embedding: Array(128).fill(0), maxDistance: -1 }, expected: 'INVALID_INPUT' },
  ])('$desc', async ({ options, expected }) => {
    await expect(search.similarFaces(options)).rejects.toThrow(code(expected));
  });

  test('an aborted search', async () => {
    const aborted = search.similarFaces({ faceId: bank[0]!.faceId, signal: AbortSignal.abort(new Error('enough')) });
    await expect(aborted).rejects.toThrow('enough');
  });
});

test('on embeddings of real faces the order is that of dlib itself', async () => {
  const other = await openSampleLibrary(opened.context);
  const fixture = new URL('../../vision/test/fixtures/dlib-golden.jsonl', import.meta.url);
  const vectors = readFileSync(fixture, 'utf8')
    .trim()
    .split('\n')
    .map((line) =>
      (JSON.parse(line) as { faces: { descriptor: number[] }[] }).faces.map((face) => Float32Array.from(face.descriptor)),
    );
  const ids = await addFaces(
    other.context,
    clusterSpace,
    vectors.map((photo) => ({ vectors: photo })),
  );
  const faces = ids.flatMap((photo, i) =>
    photo.map((faceId, j) => ({ faceId, vector: vectors[i]![j]!, person: 0, shot: new Date() })),
  );
  expect(faces.length).toBeGreaterThan(15);
  for (const probe of faces) {
    const found = await createSearch(other.context).similarFaces({ faceId: probe.faceId, limit: 200 });
    const others = faces.filter((face) => face !== probe);
    expect(answer(found)).toEqual(nearest(probe.vector, others, 200));
  }
});
