import { afterAll, beforeAll, expect, test } from 'vitest';
import { alignFace, decodeImage, detectFaces, embedFaces, type FaceEngine, loadFaceEngine, type RgbImage } from '../src/index.ts';
import { l2Distance, readGoldenPhotos } from './dlib-golden.ts';

let engine: FaceEngine;

beforeAll(async () => {
  engine = await loadFaceEngine();
});
afterAll(() => engine.close());

function cutOut({ data, width }: RgbImage, left: number, top: number, outWidth: number, outHeight: number): RgbImage {
  const out = new Uint8Array(outWidth * outHeight * 3);
  for (let y = 0; y < outHeight; y++) {
    const from = ((top + y) * width + left) * 3;
    out.set(data.subarray(from, from + outWidth * 3), y * outWidth * 3);
  }
  return { data: out, width: outWidth, height: outHeight };
}

test('in close-ups the face is found once, where dlib draws it', async () => {
  for (const { path, faces } of readGoldenPhotos().slice(1)) {
    const image = await decodeImage(path);
    for (const { rect } of faces) {
      const size = rect.right - rect.left + 1;
      const margin = Math.round(0.2 * size);
      const closeUp = cutOut(image, rect.left - margin, rect.top - margin, size + 2 * margin, size + 2 * margin);
      const found = await detectFaces(closeUp, engine.detector);
      expect(found).toHaveLength(1);

      const expected = alignFace(
        closeUp,
        { left: margin, top: margin, right: margin + size - 1, bottom: margin + size - 1 },
        engine.landmarks,
      );
      const actual = alignFace(closeUp, found[0]!.rect, engine.landmarks);
      const [a, b] = await embedFaces([expected.chip, actual.chip], engine.embedder);
      expect(l2Distance(a!, b!)).toBeLessThan(0.2);
    }
  }
});

test.each([
  { desc: 'a single pixel', width: 1, height: 1 },
  { desc: 'a line', width: 3000, height: 1 },
  { desc: 'a flat field', width: 500, height: 400 },
])('$desc has no faces', async ({ width, height }) => {
  const image = { data: new Uint8Array(width * height * 3).fill(120), width, height };
  expect(await detectFaces(image, engine.detector)).toEqual([]);
});
