import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { alignFace, analyzeFaces, createFaceAnalyzer, decodeImage, embedFaces, loadFaceEngine } from '../src/index.ts';
import { l2Distance, mean, readGoldenPhotos } from './dlib-golden.ts';
import { samplePhoto } from './sample-photos.ts';

const goldenPhotos = readGoldenPhotos();

describe.each([
  { desc: 'the 8-bit network', options: { embedder: { quantisation: 'int8' } } as const, maxMeanDistance: 0.04 },
  { desc: "face-api's network", options: { engine: 'face-api' } as const, maxMeanDistance: 0.05 },
])('$desc', ({ options, maxMeanDistance }) => {
  test(`is on average within ${maxMeanDistance} of native dlib for the same boxes`, async () => {
    await using engine = await loadFaceEngine(options);
    const distances: number[] = [];
    for (const { path, faces } of goldenPhotos.slice(0, 3)) {
      const image = await decodeImage(path);
      const chips = faces.map(({ rect }) => alignFace(image, rect, engine.landmarks).chip);
      const embeddings = await embedFaces(chips, engine.embedder);
      distances.push(...embeddings.map((embedding, i) => l2Distance(embedding, faces[i]!.embedding)));
    }
    expect(mean(distances)).toBeGreaterThan(0);
    expect(mean(distances)).toBeLessThan(maxMeanDistance);
  });
});

test('every engine has a space of its own', async () => {
  await using float = await loadFaceEngine();
  await using int8 = await loadFaceEngine({ embedder: { quantisation: 'int8' } });
  await using faceApi = await loadFaceEngine({ engine: 'face-api' });
  const names = [float, int8, faceApi].map(({ embedder }) => embedder.space.name);
  expect(new Set(names).size).toBe(3);
  expect(names[1]).toBe(`${names[0]}/int8`);
});

test("dlib's CNN detector finds the faces of dlib's other detector, where that draws them", async () => {
  await using engine = await loadFaceEngine({ detector: { kind: 'mmod', maxSide: 1024 } });
  for (const { path, faces } of goldenPhotos.slice(2, 5)) {
    const found = await analyzeFaces(path, engine);
    for (const { embedding } of faces) {
      expect(Math.min(...found.faces.map((face) => l2Distance(face.embedding, embedding)))).toBeLessThan(0.2);
    }
  }
});

test('two face-api engines in one thread do not share what they close', async () => {
  await using kept = await loadFaceEngine({ engine: 'face-api' });
  const closed = await loadFaceEngine({ engine: 'face-api' });
  await closed.close();
  expect((await analyzeFaces(samplePhoto(3), kept)).faces).toHaveLength(3);
});

test('the face-api engine finds the same people, where dlib draws them', async () => {
  await using analyzer = await createFaceAnalyzer({ workers: 1, engine: 'face-api' });
  await using engine = await loadFaceEngine();
  const found = await analyzer.analyze(samplePhoto(5));
  const expected = await analyzeFaces(samplePhoto(5), engine);
  expect(analyzer.detector).toBe('face-api-ssd');
  expect(found.faces).toHaveLength(5);
  for (const { embedding } of expected.faces) {
    expect(Math.min(...found.faces.map((face) => l2Distance(face.embedding, embedding)))).toBeLessThan(0.2);
  }
});

test.each([
  { desc: 'a detector of another engine', options: { engine: 'face-api', detector: { kind: 'faceboxes' } } as const },
  { desc: 'an embedder of another engine', options: { engine: 'face-api', embedder: { quantisation: 'int8' } } as const },
  { desc: 'the SSD without its engine', options: { detector: { kind: 'ssd' } } as const },
  { desc: 'threads where there are none', options: { engine: 'face-api', threads: 2 } as const },
])('$desc is refused', async ({ options }) => {
  await expect(loadFaceEngine(options)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('where face-api is not installed the error says what to install', async () => {
  const index = new URL('../src/index.ts', import.meta.url).href;
  const program = `
    import { registerHooks } from 'node:module';
    registerHooks({
      resolve(specifier, context, next) {
        if (specifier.includes('face-api.node')) throw new Error('Cannot find module ' + specifier);
        return next(specifier, context);
      },
      load(url, context, next) {
        if (url.includes('face-api.node')) throw new Error('Cannot find module ' + url);
        return next(url, context);
      },
    });
    const { loadFaceEngine } = await import(${JSON.stringify(index)});
    await loadFaceEngine({ engine: 'face-api' }).catch((error) => console.log(error.code, error.message));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--conditions=@photoorg/source',
    '--input-type=module',
    '-e',
    program,
  ]);
  expect(stdout).toMatch(/^RUNTIME_UNAVAILABLE .*npm install @vladmandic\/face-api/);
});
