import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  alignFace,
  analyzeFaces,
  decodeImage,
  embedFaces,
  type FaceEngine,
  findFaceChipRect,
  loadFaceEngine,
} from '../src/index.ts';
import { l2Distance, mean, readGoldenPhotos } from './dlib-golden.ts';
import { SYNTHETIC_CHIPS } from './synthetic-chips.ts';

/** Two embeddings closer than this are of one person; a golden face without such a partner was not found. */
const SAME_PERSON_DISTANCE = 0.4;

const goldenPhotos = readGoldenPhotos();
let engine: FaceEngine;

beforeAll(async () => {
  engine = await loadFaceEngine();
});
afterAll(() => engine.close());

test('the network gives the same embeddings as native dlib for the same chips', async () => {
  const lines = readFileSync(new URL('./fixtures/dlib-chip-embeddings.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const embeddings = await embedFaces(SYNTHETIC_CHIPS, engine.embedder);
  const distances = embeddings.map((embedding, i) => l2Distance(embedding, JSON.parse(lines[i]!) as number[]));
  expect(distances).toHaveLength(lines.length);
  expect(Math.max(...distances)).toBeLessThan(1e-5);
});

describe.each(goldenPhotos)('$path', ({ path, faces }) => {
  test("landmarks of dlib's boxes are identical, chips lie where dlib puts them, embeddings agree", async () => {
    const image = await decodeImage(path);
    for (const { rect, landmarks, chipRect, embedding } of faces) {
      const face = alignFace(image, rect, engine.landmarks);
      expect(face.landmarks).toEqual(landmarks);

      const { centerX, centerY, size, angle } = findFaceChipRect(face.landmarks);
      const half = (size - 1) / 2;
      const actual = [centerX - half, centerY - half, centerX + half, centerY + half, angle];
      actual.forEach((value, i) => {
        expect(value).toBeCloseTo(chipRect[i]!, 3);
      });

      const [actualEmbedding] = await embedFaces([face.chip], engine.embedder);
      expect(l2Distance(actualEmbedding!, embedding)).toBeLessThan(0.005);
    }
  });
});

test('all 22 faces of the sample photos are found, and nothing else', async () => {
  const counts: number[] = [];
  for (const { path } of goldenPhotos) counts.push((await analyzeFaces(path, engine)).faces.length);
  expect(counts).toEqual([3, 3, 3, 4, 5, 4]);
});

test("embeddings of faces found by our own detector lie close to dlib's", async () => {
  const distances: number[] = [];
  for (const { path, faces } of goldenPhotos) {
    const analyzed = await analyzeFaces(path, engine);
    for (const golden of faces) {
      distances.push(Math.min(...analyzed.faces.map((face) => l2Distance(face.embedding, golden.embedding))));
    }
  }
  const matched = distances.filter((distance) => distance < SAME_PERSON_DISTANCE);
  expect(matched).toHaveLength(19); // of dlib's 20 boxes one shows no face
  expect(mean(matched)).toBeLessThan(0.05);
});
