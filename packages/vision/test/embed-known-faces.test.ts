import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFaceAnalyzer, type DetectedFace, decodeImage, type FaceAnalyzer, type KnownFace } from '../src/index.ts';
import { l2Distance } from './dlib-golden.ts';
import { samplePhoto } from './sample-photos.ts';

const photo = samplePhoto(5);
const outside = { x: 5000, y: 100, width: 80, height: 80 };

let analyzer: FaceAnalyzer;
let faces: DetectedFace[];

beforeAll(async () => {
  analyzer = await createFaceAnalyzer({ workers: 1 });
  faces = (await analyzer.analyze(photo)).faces;
});
afterAll(() => analyzer.close());

const embeddingsOf = (found: readonly DetectedFace[]) => found.map(({ embedding }) => embedding);

test.each([
  { desc: "dlib's network", options: {} },
  { desc: "dlib's network in 8 bits", options: { embedder: { quantisation: 'int8' } } as const },
  { desc: "face-api's network", options: { engine: 'face-api' } as const },
])('$desc embeds known faces as it embedded them when they were found', async ({ options }) => {
  await using same = await createFaceAnalyzer({ workers: 1, ...options });
  const found = (await same.analyze(photo)).faces;
  expect(found).toHaveLength(5);
  expect(await same.embedFaces(photo, found)).toEqual(embeddingsOf(found));
});

test('a path, encoded bytes and pixels give the same embeddings', async () => {
  const bytes = await readFile(photo);
  expect(await analyzer.embedFaces(bytes, faces)).toEqual(embeddingsOf(faces));
  expect(await analyzer.embedFaces(await decodeImage(photo), faces)).toEqual(embeddingsOf(faces));
  expect(bytes.length).toBeGreaterThan(0); // the caller's buffer was not taken away
});

test('points may be objects', async () => {
  const known = faces.map(({ box, landmarks }) => ({ box, landmarks: landmarks.map(([x, y]) => ({ x, y })) }));
  expect(await analyzer.embedFaces(photo, known)).toEqual(embeddingsOf(faces));
});

test('some of the faces, in any order, have their own embeddings', async () => {
  const embeddings = await analyzer.embedFaces(photo, [faces[3]!, faces[1]!]);
  expect(l2Distance(embeddings[0]!, faces[3]!.embedding)).toBeLessThan(1e-5);
  expect(l2Distance(embeddings[1]!, faces[1]!.embedding)).toBeLessThan(1e-5);
});

test('a box without landmarks is embedded as a given box', async () => {
  const boxes = faces.map(({ box }) => box);
  const given = await analyzer.analyze(photo, { boxes });
  const known = boxes.map((box, i) => ({ box, landmarks: i % 2 === 0 ? null : [] }));
  expect(await analyzer.embedFaces(photo, known)).toEqual(embeddingsOf(given.faces));
});

test('a face that does not lie in the photo has none, and the others keep their places', async () => {
  const inTheCorner = { x: 10, y: 10, width: 80, height: 80 };
  const beyond = faces[0]!.landmarks.map(([x, y]): [number, number] => [x + 5000, y]);
  const inOnePoint = faces[0]!.landmarks.map((): [number, number] => [100, 100]);
  const embeddings = await analyzer.embedFaces(photo, [
    { box: outside, landmarks: null },
    faces[2]!,
    { box: inTheCorner, landmarks: beyond },
    { box: inTheCorner, landmarks: inOnePoint },
  ]);
  expect(embeddings.map((embedding) => embedding?.length ?? null)).toEqual([null, 128, null, null]);
  expect(l2Distance(embeddings[1]!, faces[2]!.embedding)).toBeLessThan(1e-5);
});

test('no faces have no embeddings', async () => {
  expect(await analyzer.embedFaces(photo, [])).toEqual([]);
});

describe('refused is', () => {
  const box = { x: 10, y: 10, width: 80, height: 80 };
  test.each<{ desc: string; face: KnownFace }>([
    { desc: 'a box without size', face: { box: { ...box, width: 0 }, landmarks: null } },
    { desc: 'a box that is nowhere', face: { box: { ...box, x: Number.NaN }, landmarks: null } },
    { desc: 'another number of landmarks', face: { box, landmarks: [[1, 2]] } },
    { desc: 'a landmark that is nowhere', face: { box, landmarks: [...fourPoints(), { x: 1, y: Number.POSITIVE_INFINITY }] } },
  ])('$desc', async ({ face }) => {
    await expect(analyzer.embedFaces(photo, [face])).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('faces[0]'),
    });
  });

  test('a photo that is none', async () => {
    await expect(analyzer.embedFaces('/nowhere/photo.jpg', faces)).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
  });

  function fourPoints(): [number, number][] {
    return [
      [60, 30],
      [50, 30],
      [20, 30],
      [30, 30],
    ];
  }
});

test('an abort rejects with its reason', async () => {
  const reason = new Error('not needed');
  await expect(analyzer.embedFaces(photo, faces, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
