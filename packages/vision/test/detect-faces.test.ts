import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cutOut } from '../src/cut-out.ts';
import { alignFace, decodeImage, detectFaces, embedFaces, type FaceEngine, loadFaceEngine, type RgbImage } from '../src/index.ts';
import { l2Distance, readGoldenPhotos } from './dlib-golden.ts';

let engine: FaceEngine;

beforeAll(async () => {
  engine = await loadFaceEngine();
});
afterAll(() => engine.close());

/** One of the sample photos, with three faces of some 210 pixels, shrunk and laid side by side, `across` times in each direction. */
async function makeCrowd(across: number, photoWidth: number): Promise<RgbImage> {
  const photo = await sharp(readGoldenPhotos()[0]!.path).resize({ width: photoWidth }).png().toBuffer();
  const { width, height } = await sharp(photo).metadata();
  const input = Array.from({ length: across ** 2 }, (_, i) => ({
    input: photo,
    left: (i % across) * width,
    top: Math.floor(i / across) * height,
  }));
  const canvas = sharp({ create: { width: across * width, height: across * height, channels: 3, background: '#000' } });
  return decodeImage(await canvas.composite(input).png().toBuffer());
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

test('small faces are found where they are looked for, each once', async () => {
  const [golden] = readGoldenPhotos();
  const across = 6;
  const crowd = await makeCrowd(across, 320);
  const perPhoto = (await detectFaces(await decodeImage(golden!.path), engine.detector)).length;
  const everybody = perPhoto * across ** 2;
  const atOneLook = await detectFaces(crowd, engine.detector);
  const found = await detectFaces(crowd, engine.detector, { minFace: 20 });
  expect(atOneLook.length).toBeLessThan(0.5 * everybody);
  expect(found.length).toBeGreaterThan(0.95 * everybody);
  expect(found.length).toBeLessThanOrEqual(everybody);
});

test('a close search of photos with large faces finds them once, and next to nothing besides', async () => {
  let [once, closely] = [0, 0];
  for (const { path } of readGoldenPhotos()) {
    const image = await decodeImage(path);
    once += (await detectFaces(image, engine.detector)).length;
    closely += (await detectFaces(image, engine.detector, { minFace: 40 })).length;
  }
  expect(closely).toBeGreaterThanOrEqual(once);
  expect(closely).toBeLessThanOrEqual(once + 1);
});

test.each([7, 8193, Number.NaN])('faces of %d pixels are refused', async (minFace) => {
  await expect(loadFaceEngine({ minFace })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});
