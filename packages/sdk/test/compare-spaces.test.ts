import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EmbeddingSpaceToSave } from '../src/index.ts';
import { saveVectors } from '../src/spaces/save-vectors.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addFaces } from './support/face-bank.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';

const PEOPLE = 12;
const FACES_PER_PERSON = 6;
const box = { x: 10, y: 20, width: 80, height: 100 };

let opened: TestLibrary;
let faces: { faceId: string; person: number; vector: Float32Array }[];
beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

beforeEach(async () => {
  await opened.clear();
  const clusters = new Clusters(5, PEOPLE);
  const everybody = Array.from({ length: PEOPLE * FACES_PER_PERSON }, (_, i) => i % PEOPLE);
  const vectors = everybody.map((person) => clusters.face(person));
  const ids = (
    await addFaces(
      opened.context,
      clusterSpace,
      vectors.map((vector) => ({ vectors: [vector] })),
    )
  ).flat();
  faces = ids.map((faceId, i) => ({ faceId, person: everybody[i]!, vector: vectors[i]! }));
  for (let person = 0; person < PEOPLE; person++) {
    const { personId } = await opened.library.people.create({ displayName: `Person ${person}`, actor: 'mia' });
    const faceIds = faces.filter((face) => face.person === person).map(({ faceId }) => faceId);
    await opened.library.labels.confirmMany({ faceIds, personId, actor: 'mia' });
  }
});

/** Adds a space in which each face has the vector that `change` makes of its own. */
async function addSpace(
  name: string,
  change: (vector: Float32Array, face: number) => Float32Array,
): Promise<EmbeddingSpaceToSave> {
  const space = { ...clusterSpace, name };
  const { spaceId } = await opened.library.spaces.ensure(space);
  const embedded = faces.map(({ faceId, vector }, i) => ({ faceId, box, vector: change(vector, i) }));
  await saveVectors(opened.context, { spaceId, dimension: space.dimension }, embedded);
  return space;
}

describe('comparing two spaces', () => {
  test('finds the same in one that is the other turned and stretched', async () => {
    const { name } = await addSpace('mirrored', (vector) => vector.map((value) => value * -3));
    const { spaces, disagreements, faces: compared, people } = await opened.library.spaces.compare({ space: name });
    const [serving, other] = spaces;
    expect({ compared, people }).toEqual({ compared: faces.length, people: PEOPLE });
    expect(serving).toMatchObject({ space: clusterSpace.name });
    expect(serving.rank1).toBeGreaterThan(0.95);
    expect(serving.sameDistance).toBeLessThan(serving.otherDistance);
    expect(other).toMatchObject({ space: name, rank1: serving.rank1, coverage: serving.coverage });
    expect(other.sameDistance).toBeCloseTo(3 * serving.sameDistance, 4);
    expect(disagreements).toEqual([]);
  });

  test('says what one of them loses, and where they differ', async () => {
    // Faces of one person have the vectors of different people.
    const { name } = await addSpace('mixed up', (_, i) => faces[(i + Math.floor(i / PEOPLE)) % faces.length]!.vector);
    const progress: number[] = [];
    const comparison = await opened.library.spaces.compare({ space: name, onProgress: ({ done }) => progress.push(done) });
    const [serving, other] = comparison.spaces;
    expect(other.rank1).toBeLessThan(0.5);
    expect(other.coverage).toBeLessThan(serving.coverage);
    expect(comparison.disagreements.length).toBeGreaterThan(10);
    for (const { personId, nearest } of comparison.disagreements) {
      expect(nearest).toHaveLength(2);
      expect(nearest[0]!.personId).not.toBe(nearest[1]!.personId);
      expect(personId).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect(progress.at(-1)).toBe(faces.length);
  });

  test('is not needed for suggestions: the first use measures how far apart its faces are', async () => {
    const asked = faces[0]!.faceId;
    await opened.library.labels.clear({ faceId: asked, actor: 'mia' });
    const before = await opened.library.review.suggestions(asked);
    const { name } = await addSpace('stretched', (vector) => vector.map((value) => value * -3));
    await opened.library.spaces.use({ space: name, actor: 'mia' });
    const after = await opened.library.review.suggestions(asked);
    expect(after.map(({ person, space }) => [person.displayName, space])).toEqual(
      before.map(({ person }) => [person.displayName, name]),
    );
    for (const [i, { distance }] of after.entries()) expect(distance).toBeCloseTo(before[i]!.distance, 4);
  });

  test('needs two people, and two spaces', async () => {
    await expect(opened.library.spaces.compare({ space: clusterSpace.name })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const { name } = await addSpace('empty', () => Float32Array.of()).catch(() => ({ name: 'empty' }));
    await expect(opened.library.spaces.compare({ space: name })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('no two people'),
    });
    await expect(opened.library.spaces.compare({ space: 'unknown' })).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
  });

  test('ends with the signal', async () => {
    const { name } = await addSpace('other', (vector) => vector);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(opened.library.spaces.compare({ space: name, signal })).rejects.toThrow('enough');
  });
});
