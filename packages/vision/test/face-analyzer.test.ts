import { execFile } from 'node:child_process';
import diagnostics from 'node:diagnostics_channel';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createFaceAnalyzer, decodeImage, type FaceAnalyzer, VisionError } from '../src/index.ts';
import { l2Distance } from './dlib-golden.ts';
import { SAMPLE_PHOTOS, samplePhoto } from './sample-photos.ts';

let analyzer: FaceAnalyzer;

beforeAll(async () => {
  analyzer = await createFaceAnalyzer({ workers: 2 });
});
afterAll(() => analyzer.close());

/** An analyzer with one worker, and every thread that is started until the end of the test. */
async function analyzerAndThreads(): Promise<{ analyzer: FaceAnalyzer; threads: Worker[] }> {
  const threads: Worker[] = [];
  const remember = (message: unknown) => threads.push((message as { worker: Worker }).worker);
  diagnostics.subscribe('worker_threads', remember);
  onTestFinished(() => void diagnostics.unsubscribe('worker_threads', remember));
  return { analyzer: await createFaceAnalyzer({ workers: 1 }), threads };
}

test('a path, encoded bytes and decoded pixels give the same faces', async () => {
  const path = samplePhoto(3);
  const bytes = await readFile(path);
  const [fromPath, fromBytes, fromPixels] = await Promise.all([
    analyzer.analyze(path),
    analyzer.analyze(bytes),
    analyzer.analyze(await decodeImage(path)),
  ]);
  expect(fromPath.faces).toHaveLength(3);
  expect(fromBytes).toEqual(fromPath);
  expect(fromPixels).toEqual(fromPath);
  expect(bytes.length).toBeGreaterThan(0); // the caller's buffer was not taken away
});

test('each face has what the library stores', async () => {
  const { width, height, faces } = await analyzer.analyze(samplePhoto(5), { crops: true });
  expect([width, height]).toEqual([1920, 1398]);
  expect(faces).toHaveLength(5);
  for (const { box, landmarks, score, embedding, quality, crop } of faces) {
    expect(Object.values(box).every(Number.isInteger)).toBe(true);
    expect(landmarks).toHaveLength(5);
    expect(score).toBeGreaterThan(0.5);
    expect(embedding).toHaveLength(128);
    expect(Object.values(quality).every(Number.isFinite)).toBe(true);
    const metadata = await sharp(crop!).metadata();
    expect(metadata.format).toBe('webp');
    expect(Math.max(metadata.width, metadata.height)).toBeLessThanOrEqual(256);
  }
});

test('many images at once are all answered, each with its own faces', async () => {
  const counts = [3, 3, 3, 4, 5, 4];
  const analyzed = await Promise.all([...SAMPLE_PHOTOS, ...SAMPLE_PHOTOS].map((path) => analyzer.analyze(path)));
  expect(analyzed.map(({ faces }) => faces.length)).toEqual([...counts, ...counts]);
});

test('a photo on its side gives the boxes of the upright photo', async () => {
  const upright = await analyzer.analyze(samplePhoto(4));
  const turned = await sharp(samplePhoto(4)).rotate(270).withMetadata({ orientation: 6 }).png().toBuffer();
  const { width, height, faces } = await analyzer.analyze(turned);
  expect([width, height]).toEqual([upright.width, upright.height]);
  expect(faces.map(({ box }) => box)).toEqual(upright.faces.map(({ box }) => box));
});

describe('given boxes', () => {
  test('are embedded as they are', async () => {
    const boxes = [{ x: 365, y: 390, width: 224, height: 224 }];
    const { faces } = await analyzer.analyze(samplePhoto(1), { boxes });
    expect(faces.map(({ box, score }) => ({ box, score }))).toEqual([{ box: boxes[0], score: 1 }]);
  });

  test('that reach beyond the image are cut only in the answer', async () => {
    const image = await decodeImage(samplePhoto(1));
    const [inside, reaching] = await Promise.all([
      analyzer.analyze(image, { boxes: [{ x: 0, y: 390, width: 200, height: 200 }] }),
      analyzer.analyze(image, { boxes: [{ x: -50, y: 390, width: 250, height: 200 }] }),
    ]);
    expect(reaching.faces[0]!.box).toEqual(inside.faces[0]!.box);
    expect(l2Distance(reaching.faces[0]!.embedding, inside.faces[0]!.embedding)).toBeGreaterThan(0);
  });

  test('may be none', async () => {
    expect((await analyzer.analyze(samplePhoto(1), { boxes: [] })).faces).toEqual([]);
  });

  test.each([
    { desc: 'fractions', box: { x: 1.5, y: 0, width: 10, height: 10 } },
    { desc: 'no size', box: { x: 1, y: 0, width: 0, height: 10 } },
    { desc: 'a place outside the image', box: { x: 5000, y: 0, width: 10, height: 10 } },
  ])('with $desc are refused', async ({ box }) => {
    await expect(analyzer.analyze(samplePhoto(1), { boxes: [box] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

test('errors keep their class and code on the way out of the worker', async () => {
  const error = await analyzer.analyze('/nowhere/photo.jpg').catch((caught: unknown) => caught);
  expect(VisionError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({ name: 'ImageUnreadableError', code: 'IMAGE_UNREADABLE', retryable: false });
});

test('one bad image does not disturb the others', async () => {
  const results = await Promise.allSettled([analyzer.analyze(new Uint8Array(10)), analyzer.analyze(samplePhoto(2))]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});

describe('an abort', () => {
  test('before the call rejects with the reason', async () => {
    const reason = new Error('not needed');
    await expect(analyzer.analyze(samplePhoto(1), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test('ends running and waiting images, and later ones are still answered', async () => {
    const controller = new AbortController();
    const reason = new Error('stopped');
    const pending = SAMPLE_PHOTOS.map((path) => analyzer.analyze(path, { signal: controller.signal }));
    const settled = Promise.allSettled(pending);
    await setTimeout(20);
    controller.abort(reason);
    const results = await settled;
    const rejected = results.filter((result) => result.status === 'rejected');
    expect(rejected.length).toBeGreaterThan(0);
    expect(rejected.every((result) => result.reason === reason)).toBe(true);
    expect((await analyzer.analyze(samplePhoto(1))).faces).toHaveLength(3);
  });
});

test('aborting or closing at any moment of the work leaves the process alive', async () => {
  for (const delayMillis of [0, 3, 10, 25, 50, 80, 120, 200]) {
    const busy = await createFaceAnalyzer({ workers: 2 });
    const controller = new AbortController();
    const pending = SAMPLE_PHOTOS.map((path, i) =>
      busy.analyze(path, { crops: true, signal: i % 2 === 0 ? controller.signal : undefined }),
    );
    const settled = Promise.allSettled(pending);
    await setTimeout(delayMillis);
    controller.abort();
    await busy.close();
    const results = await settled;
    expect(results).toHaveLength(SAMPLE_PHOTOS.length);
  }
});

test('a worker that dies fails its image and is replaced', async () => {
  const { analyzer: fragile, threads } = await analyzerAndThreads();
  // Ended before it begins: ending a thread inside sharp or onnxruntime takes the whole process down.
  const ended = threads[0]!.terminate();
  const pending = fragile.analyze(samplePhoto(1));
  await ended;
  await expect(pending).rejects.toMatchObject({ code: 'WORKER_CRASHED', retryable: true });
  expect((await fragile.analyze(samplePhoto(1))).faces).toHaveLength(3);
  expect(threads).toHaveLength(2);
  await fragile.close();
});

test('closing while a new worker loads its networks leaves the process alive', async () => {
  for (const delayMillis of [60, 90, 120, 150, 180, 210]) {
    const { analyzer: loading, threads } = await analyzerAndThreads();
    await threads[0]!.terminate();
    await vi.waitFor(() => expect(threads).toHaveLength(2));
    await setTimeout(delayMillis);
    await loading.close();
    expect(threads[1]!.threadId, 'the id of a thread that has ended').toBe(-1);
  }
});

test('closing ends every worker, and pending as well as later calls say so', async () => {
  const { analyzer: closing, threads } = await analyzerAndThreads();
  const exited = once(threads[0]!, 'exit');
  const pending = closing.analyze(samplePhoto(1));
  const refused = expect(pending).rejects.toMatchObject({ code: 'ANALYZER_CLOSED' });
  await closing.close();
  await refused;
  await exited;
  await closing.close();
  await expect(closing.analyze(samplePhoto(1))).rejects.toMatchObject({ code: 'ANALYZER_CLOSED' });
});

test('a program that forgets to close still ends by itself', async () => {
  const index = new URL('../src/index.ts', import.meta.url).href;
  const program = `
    const { createFaceAnalyzer } = await import(${JSON.stringify(index)});
    const analyzer = await createFaceAnalyzer({ workers: 1 });
    console.log((await analyzer.analyze(${JSON.stringify(samplePhoto(1))})).faces.length);
  `;
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--conditions=@photoorg/source',
    '--input-type=module',
    '-e',
    program,
  ]);
  expect(stdout.trim()).toBe('3');
});

describe('a bad start', () => {
  test('without models says how to get them', async () => {
    const modelsFolder = fileURLToPath(new URL('./fixtures', import.meta.url));
    await expect(createFaceAnalyzer({ modelsFolder })).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      message: expect.stringContaining('npm run models'),
    });
  });
});
