import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupFaces } from '../src/grouping/group-faces.ts';
import { keepIds } from '../src/grouping/keep-ids.ts';
import { facesToGroup, formerOf, groupsOf, type KnownFace, knownFace, placesOf } from './support/grouped-faces.ts';
import { Clusters } from './support/sample-clusters.ts';

const PEOPLE = 30;

/** So many faces of each of some people, one a photo, and the person of each. */
function manyFaces(seed: number, each: number, people = PEOPLE): { known: KnownFace[]; personOf: number[] } {
  const clusters = new Clusters(seed, people);
  const personOf = Array.from({ length: each * people }, (_, i) => i % people);
  return { known: personOf.map((person, i) => knownFace(i, clusters.face(person))), personOf };
}

/** Of all pairs in one group, those that are one person; and of all pairs of one person, those in one group. */
function agreement(groups: readonly (readonly number[])[], personOf: readonly number[]) {
  const pairs = (counts: Iterable<number>) => [...counts].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  const both = groups.flatMap((group) =>
    [...Map.groupBy(group, (face) => personOf[face]!).values()].map((faces) => faces.length),
  );
  const right = pairs(both);
  const people = [...Map.groupBy(personOf, (person) => person).values()].map((faces) => faces.length);
  return { precision: right / pairs(groups.map((group) => group.length)), recall: right / pairs(people) };
}

describe('faces without names', () => {
  test('come together by person', async () => {
    const { known, personOf } = manyFaces(5, 12);
    const { precision, recall } = agreement(await groupsOf(facesToGroup(known)), personOf);
    expect(precision).toBeGreaterThan(0.97);
    expect(recall).toBeGreaterThan(0.9);
  });

  test('come together in the same groups, whatever order they came in', async () => {
    const { known } = manyFaces(6, 6);
    const shuffled = known.toSorted((a, b) => a.vector[0]! - b.vector[0]!);
    expect(await groupsOf(facesToGroup(shuffled))).toEqual(await groupsOf(facesToGroup(known)));
  });

  test('of an empty library make no group', async () => {
    expect(await groupsOf(facesToGroup([]))).toEqual([]);
  });

  test('that all are the same make one group, however many there are', async () => {
    const vector = new Clusters(1, 1).face(0);
    const known = Array.from({ length: 70 }, (_, i) => knownFace(i, vector));
    expect(await groupsOf(facesToGroup(known))).toHaveLength(1);
  });
});

test('faces that come later find the groups that are there, which stay as they are', async () => {
  const { known, personOf } = manyFaces(7, 12);
  const [before, later] = [known.slice(0, -36), known.slice(-36)];
  const earlier = await groupFaces(facesToGroup(before));
  const groups = placesOf(await groupFaces(facesToGroup([...before, ...later], { former: formerOf(earlier) })));
  for (const group of placesOf(earlier)) {
    expect(groups.filter((now) => group.some((face) => now.includes(face)))).toHaveLength(1);
  }
  expect(agreement(groups, personOf).precision).toBeGreaterThan(0.97);
  const anew = agreement(await groupsOf(facesToGroup(known)), personOf);
  expect(Math.abs(agreement(groups, personOf).recall - anew.recall)).toBeLessThan(0.05);
});

test('an abort ends the work with its reason', async () => {
  const { known } = manyFaces(8, 20);
  const reason = new Error('enough');
  await expect(groupFaces(facesToGroup(known), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('progress rises to the end', async () => {
  const { known } = manyFaces(9, 6);
  const shares: number[] = [];
  await groupFaces(facesToGroup(known), { onProgress: (share) => shares.push(share) });
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

describe('what is known of faces', () => {
  const person = fc.option(
    fc.nat(3).map((number) => `person ${number}`),
    { nil: null, freq: 2 },
  );
  const face = fc.record({
    look: fc.nat(4),
    photo: fc.nat(25),
    personId: person,
    rejected: fc.uniqueArray(
      fc.nat(3).map((number) => `person ${number}`),
      { maxLength: 1 },
    ),
  });
  const pairs = fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 4 });

  test('is never contradicted by the groups, neither at first nor when faces come later', async () => {
    const property = fc.asyncProperty(
      fc.array(face, { minLength: 30, maxLength: 30 }),
      pairs,
      pairs,
      fc.integer({ min: 5, max: 29 }),
      async (faces, linked, apart, first) => {
        const clusters = new Clusters(3, 5);
        const known = faces.map(({ look, photo, personId, rejected }, i) =>
          knownFace(i, clusters.face(look), {
            photoId: `photo ${photo}`,
            personId,
            source: personId === null ? null : 'human_confirmed',
            rejected: rejected.filter((other) => other !== personId),
          }),
        );
        const said = (count: number) => ({
          linked: linked.filter(([a, b]) => a !== b && a < count && b < count),
          apart: apart.filter(([a, b]) => a !== b && a < count && b < count),
        });
        const nobodyNamed = known.map(({ vector, facts }) => ({ vector, facts: { ...facts, personId: null, source: null } }));
        const earlier = await groupFaces(facesToGroup(nobodyNamed.slice(0, first), said(first)));
        for (const former of [() => null, formerOf(earlier)]) {
          const groups = await groupsOf(facesToGroup(known, { ...said(known.length), former }));
          expect(groups.flat().toSorted((a, b) => a - b)).toEqual([...known.keys()]);
          for (const group of groups) {
            const facts = group.map((place) => known[place]!.facts);
            const people = new Set(facts.flatMap(({ personId }) => personId ?? []));
            expect(people.size).toBeLessThan(2);
            expect(facts.some(({ rejected }) => rejected.some((personId) => people.has(personId)))).toBe(
              facts.some(({ rejected, personId }) => personId !== null && rejected.some((other) => people.has(other))),
            );
            const unnamed = facts.filter(({ personId }) => personId === null);
            for (const one of unnamed) {
              expect(facts.filter(({ photoId }) => photoId === one.photoId)).toHaveLength(1);
            }
          }
          for (const personId of new Set(faces.map((face) => face.personId))) {
            if (personId === null) continue;
            const holding = groups.filter((group) => group.some((place) => known[place]!.facts.personId === personId));
            expect(holding).toHaveLength(1);
          }
          for (const [a, b] of said(known.length).apart) {
            const areOne = known[a]!.facts.personId !== null && known[b]!.facts.personId !== null;
            if (!areOne) expect(groups.find((group) => group.includes(a))).not.toContain(b);
          }
        }
      },
    );
    await fc.assert(property, { numRuns: 60, seed: 12 });
  });

  test('keeps those together who were said to be one person, though they look different', async () => {
    const clusters = new Clusters(4, 2);
    const looks = [clusters.face(0), clusters.face(1)];
    const known = [0, 0, 0, 1, 1, 1].map((look, i) => knownFace(i, looks[look]!));
    expect(await groupsOf(facesToGroup(known))).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    expect(await groupsOf(facesToGroup(known, { linked: [[0, 3]] }))).toEqual([[0, 1, 2, 3, 4, 5]]);
  });

  test('counts for a named face without a vector: who stands in a photo does not stand there twice', async () => {
    const clusters = new Clusters(4, 1);
    const known = [
      knownFace(0, clusters.face(0), { personId: 'ada', source: 'human_confirmed' }),
      knownFace(1, clusters.face(0), { photoId: 'party' }),
    ];
    const drawn = knownFace(2, new Float32Array(), { photoId: 'party', personId: 'ada', source: 'imported' }).facts;
    expect(await groupsOf(facesToGroup(known))).toEqual([[0, 1]]);
    expect(await groupsOf(facesToGroup(known, { withoutVector: [drawn] }))).toEqual([[0], [1]]);
  });
});

describe('a group keeps its id', () => {
  const former = (places: Record<number, string>) => (place: number) => places[place] ?? null;
  const rows = [
    { desc: 'when faces come', groups: [[0, 1, 2]], places: { 0: 'a', 1: 'a' }, ids: ['a'] },
    { desc: 'while it keeps most of its faces', groups: [[0], [1, 2]], places: { 0: 'a', 1: 'a', 2: 'a' }, ids: [null, 'a'] },
    { desc: 'not when it falls into halves', groups: [[0], [1]], places: { 0: 'a', 1: 'a' }, ids: [null, null] },
    { desc: 'when it takes in a smaller one', groups: [[0, 1, 2]], places: { 0: 'b', 1: 'b', 2: 'a' }, ids: ['b'] },
    { desc: 'when it is the older of two equal ones', groups: [[0, 1]], places: { 0: 'b', 1: 'a' }, ids: ['a'] },
  ];
  test.each(rows)('$desc', ({ groups, places, ids }) => {
    expect(keepIds(groups, former(places as Record<number, string>))).toEqual(ids);
  });
});
