import diagnostics from 'node:diagnostics_channel';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import * as browser from '../src/browser.ts';
import {
  analyzeFaces,
  analyzePixels,
  createFaceAnalyzer,
  decodeImage,
  detectFaces,
  embedKnownFaces,
  extractFaceChip,
  type FaceAnalyzer,
  type FaceEngine,
  findFaceChipRect,
  loadFaceEngine,
} from '../src/index.ts';
import { samplePhoto } from './sample-photos.ts';

/** Options as somebody writes them whom no compiler helps. */
type Untyped = Record<string, unknown>;

const NETWORKS: { desc: string; options: Untyped; message: string }[] = [
  {
    desc: 'an unknown detector',
    options: { detector: { kind: 'scrfd', file: 'scrfd.onnx' } },
    message: `Expected 'faceboxes' or 'mmod' or 'yunet' or 'ultraface' for detector.kind but received "scrfd".`,
  },
  {
    desc: 'a detector by its name alone',
    options: { detector: 'mmod' },
    message: 'Expected an object for detector but received "mmod".',
  },
  {
    desc: 'a detector of its own without a file',
    options: { detector: { kind: 'yunet' } },
    message: 'Expected a text that is not empty for detector.file but received undefined.',
  },
  {
    desc: 'a tiny search copy',
    options: { detector: { maxSide: 10 } },
    message: 'Expected a whole number from 128 to 8192 for detector.maxSide but received 10.',
  },
  {
    desc: 'a threshold of one',
    options: { detector: { threshold: 1 } },
    message: 'Expected a number between 0 and 1 for detector.threshold but received 1.',
  },
  {
    desc: 'half a map of boxes',
    options: { detector: { kind: 'yunet', file: 'yunet.onnx', boxMap: { side: 1, centerShiftX: 0 } } },
    message: 'Expected a number for detector.boxMap.centerShiftY but received undefined.',
  },
  {
    desc: 'an unknown quantisation',
    options: { embedder: { quantisation: 'int4' } },
    message: `Expected 'none' or 'int8' for embedder.quantisation but received "int4".`,
  },
  {
    desc: 'an option with a slip of the pen',
    options: { embedder: { qantisation: 'int8' } },
    message: 'There is no option embedder.qantisation. Expected one of embedder.kind, embedder.quantisation.',
  },
  {
    desc: 'an unknown embedder',
    options: { embedder: { kind: 'arcface' } },
    message: `for embedder.kind but received "arcface".`,
  },
  {
    desc: 'an embedder that is null',
    options: { embedder: null },
    message: 'Expected an object for embedder but received null.',
  },
  {
    desc: 'a network whose name would be two parts of the name of its space',
    options: { embedder: ownEmbedder({ model: 'arc/face' }) },
    message: 'for embedder.model but received "arc/face".',
  },
  {
    desc: 'no dimension',
    options: { embedder: ownEmbedder({ dimension: 0 }) },
    message: 'for embedder.dimension but received 0.',
  },
  {
    desc: 'a chip without a size',
    options: { embedder: ownEmbedder({ chip: { padding: 0.25 } }) },
    message: 'for embedder.chip.size but received undefined.',
  },
  {
    desc: 'an unknown template',
    options: { embedder: ownEmbedder({ chip: { size: 112, template: 'cosface' } }) },
    message: `Expected 'dlib' or 'arcface' or five points [x, y] in pixels of the chip for embedder.chip.template but received "cosface".`,
  },
  {
    desc: 'four points',
    options: {
      embedder: ownEmbedder({
        chip: {
          size: 112,
          template: [
            [1, 2],
            [3, 4],
            [5, 6],
            [7, 8],
          ],
        },
      }),
    },
    message: 'for embedder.chip.template but received [[1,2],[3,4],[5,6],[7,8]].',
  },
  {
    desc: 'a padding where it means nothing',
    options: { embedder: ownEmbedder({ chip: { size: 112, template: 'arcface', padding: 0.25 } }) },
    message: 'There is no option embedder.chip.padding. Expected one of embedder.chip.size, embedder.chip.template.',
  },
  {
    desc: 'an unknown order of colours',
    options: { embedder: ownEmbedder({ pixels: { layout: 'nchw', channels: 'grey', mean: 0, scale: 1 } }) },
    message: `Expected 'rgb' or 'bgr' for embedder.pixels.channels but received "grey".`,
  },
  {
    desc: 'a scale that leaves nothing',
    options: { embedder: ownEmbedder({ pixels: { layout: 'nchw', channels: 'rgb', mean: 0, scale: 0 } }) },
    message: 'for embedder.pixels.scale but received 0.',
  },
  {
    desc: 'a negative minFace',
    options: { minFace: -5 },
    message: 'Expected a number from 8 to 8192 for minFace but received -5.',
  },
  { desc: 'a minFace that is no number', options: { minFace: Number.NaN }, message: 'for minFace but received NaN.' },
  { desc: 'a minFace in words', options: { minFace: '40' }, message: 'for minFace but received "40".' },
];

const ENGINE: typeof NETWORKS = [
  ...NETWORKS,
  {
    desc: 'an unknown engine',
    options: { engine: 'gpu' },
    message: `Expected 'auto' or 'onnxruntime-node' or 'onnxruntime-web' or 'face-api' for engine but received "gpu".`,
  },
  {
    desc: 'no threads',
    options: { threads: 0 },
    message: 'Expected a whole number from 1 to 256 for threads but received 0.',
  },
  { desc: 'an empty models folder', options: { modelsFolder: '' }, message: 'for modelsFolder but received "".' },
  {
    desc: 'an unknown option',
    options: { minface: 40 },
    message: 'There is no option minface. Expected one of detector, embedder, minFace, engine, modelsFolder, threads',
  },
];

const ANALYZER: typeof NETWORKS = [
  ...ENGINE,
  {
    desc: 'no workers',
    options: { workers: 0 },
    message: 'Expected a whole number of at least 1 for workers but received 0.',
  },
  { desc: 'half a worker', options: { workers: 0.5 }, message: 'for workers but received 0.5.' },
  {
    desc: 'the controller of a signal',
    options: { signal: new AbortController() },
    message: 'Expected an AbortSignal for signal but received an object (AbortController).',
  },
];

function ownEmbedder(changes: Untyped): Untyped {
  const pixels = { layout: 'nchw', channels: 'rgb', mean: 0, scale: 1 };
  return { kind: 'onnx', file: 'own.onnx', model: 'own', dimension: 3, chip: { size: 112, padding: 0.25 }, pixels, ...changes };
}

/** Models that would be missed if they were looked for. */
const NOWHERE = { modelsFolder: '/nowhere' };

describe('createFaceAnalyzer starts no worker for', () => {
  test.each(ANALYZER)('$desc', async ({ options, message }) => {
    const threads: unknown[] = [];
    const remember = (thread: unknown) => threads.push(thread);
    diagnostics.subscribe('worker_threads', remember);
    onTestFinished(() => void diagnostics.unsubscribe('worker_threads', remember));
    await expect(createFaceAnalyzer({ ...NOWHERE, ...options })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(message),
    });
    expect(threads).toEqual([]);
  });
});

test.each(ENGINE)('loadFaceEngine loads nothing for $desc', async ({ options, message }) => {
  await expect(loadFaceEngine({ ...NOWHERE, ...options })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining(message),
  });
});

test.each([
  ...NETWORKS,
  { desc: 'an option of Node', options: { workers: 2 }, message: 'There is no option workers.' },
  { desc: 'an address that is none', options: { modelsUrl: 42 }, message: 'Expected an address for modelsUrl but received 42.' },
  { desc: 'no address', options: { modelsUrl: undefined }, message: 'Expected an address for modelsUrl but received undefined.' },
  { desc: 'an address of WebAssembly that is none', options: { wasmUrl: 42 }, message: 'for wasmUrl but received 42.' },
])('createFaceAnalyzer of the browser loads nothing for $desc', async ({ options, message }) => {
  const given = { modelsUrl: 'https://photos.invalid/models/', ...options } as browser.BrowserFaceAnalyzerOptions;
  await expect(browser.createFaceAnalyzer(given)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining(message),
  });
});

describe('with an image', () => {
  const photo = samplePhoto(1);
  let analyzer: FaceAnalyzer;
  let engine: FaceEngine;

  beforeAll(async () => {
    engine = await loadFaceEngine();
    analyzer = await createFaceAnalyzer({ workers: 1 });
  });
  afterAll(async () => {
    await engine.close();
    await analyzer.close();
  });

  const pixels = { data: new Uint8Array(100 * 100 * 3), width: 100, height: 100 };
  const face = { box: { x: 10, y: 10, width: 50, height: 50 }, landmarks: null };

  test.each<{ desc: string; call: () => unknown; message: string }>([
    {
      desc: 'analyze: an unknown option',
      call: () => analyzer.analyze(photo, untyped({ crop: true })),
      message: 'no option crop.',
    },
    {
      desc: 'analyze: crops in words',
      call: () => analyzer.analyze(photo, untyped({ crops: 'yes' })),
      message: 'Expected true or false for crops but received "yes".',
    },
    {
      desc: 'analyze: one box',
      call: () => analyzer.analyze(photo, untyped({ boxes: face.box })),
      message: 'Expected an array for boxes',
    },
    {
      desc: 'analyze: a box of fractions',
      call: () => analyzer.analyze(photo, { boxes: [face.box, { ...face.box, x: 0.5 }] }),
      message: 'for boxes[1] but received {"x":0.5,',
    },
    {
      desc: 'analyze: no pixels',
      call: () => analyzer.analyze(photo, { maxPixels: 0 }),
      message: 'for maxPixels but received 0.',
    },
    {
      desc: 'embedFaces: an unknown option',
      call: () => analyzer.embedFaces(photo, [face], untyped({ crops: true })),
      message: 'no option crops.',
    },
    {
      desc: 'embedFaces: one face',
      call: () => analyzer.embedFaces(photo, untyped(face)),
      message: 'Expected an array for faces',
    },
    {
      desc: 'embedFaces: a face without a box',
      call: () => analyzer.embedFaces(photo, untyped([{ landmarks: null }])),
      message: 'for faces[0].box but received undefined.',
    },
    { desc: 'analyzeFaces', call: () => analyzeFaces(photo, engine, untyped({ minFace: 40 })), message: 'no option minFace.' },
    {
      desc: 'analyzePixels',
      call: () => analyzePixels(pixels, engine, untyped({ cropFace: true })),
      message: 'Expected a function for cropFace but received true.',
    },
    {
      desc: 'embedKnownFaces',
      call: () => embedKnownFaces(untyped(photo), [face], engine),
      message: 'Expected a positive whole width and height',
    },
    {
      desc: 'decodeImage',
      call: () => decodeImage(photo, { maxPixels: Number.NaN }),
      message: 'for maxPixels but received NaN.',
    },
    {
      desc: 'detectFaces',
      call: () => detectFaces(pixels, engine.detector, { minFace: 1 }),
      message: 'for minFace but received 1.',
    },
    {
      desc: 'findFaceChipRect',
      call: async () => findFaceChipRect([], untyped({ size: 112, pading: 0.25 })),
      message: 'There is no option chip.pading.',
    },
    {
      desc: 'extractFaceChip',
      call: async () => extractFaceChip(pixels, { centerX: 50, centerY: 50, size: 20, angle: 0 }, 0),
      message: 'for size but received 0.',
    },
  ])('$desc is refused', async ({ call, message }) => {
    await expect(call()).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(message) });
  });

  test.each([
    { desc: 'a Blob', image: new Blob(['x']), received: 'an object (Blob)' },
    { desc: 'an ArrayBuffer', image: new ArrayBuffer(8), received: 'an object (ArrayBuffer)' },
    { desc: 'a URL', image: new URL('https://photos.invalid/holiday.jpg'), received: 'an object (URL)' },
    { desc: 'nothing', image: undefined, received: 'undefined' },
  ])('$desc is refused with what is taken instead', async ({ image, received }) => {
    const refusal = {
      code: 'INVALID_INPUT',
      message: `Expected the path of a file, the bytes of an encoded image (a Uint8Array), or { data, width, height } of RGB pixels for the image but received ${received}.`,
    };
    await expect(analyzer.analyze(untyped(image))).rejects.toMatchObject(refusal);
    await expect(analyzer.embedFaces(untyped(image), [face])).rejects.toMatchObject(refusal);
    await expect(decodeImage(untyped(image))).rejects.toMatchObject(refusal);
  });
});

function untyped<T>(value: unknown): T {
  return value as T;
}
