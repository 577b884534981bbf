import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  analyzeFaces,
  createFaceAnalyzer,
  type DetectorOptions,
  loadFaceEngine,
  type OnnxEmbedderOptions,
  type RgbImage,
} from '../src/index.ts';
import { samplePhoto } from './sample-photos.ts';
import { tinyEmbedder, tinyUltraFace, tinyYuNet } from './tiny-networks.ts';

const SAME_BOX = { centerShiftX: 0, centerShiftY: 0, side: 1 };

let folder: string;
const fileOf = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photoorg-own-models-'));
  await writeFile(fileOf('yunet.onnx'), tinyYuNet(null));
  await writeFile(fileOf('yunet-128.onnx'), tinyYuNet(128));
  await writeFile(fileOf('ultraface.onnx'), tinyUltraFace());
  await writeFile(fileOf('embedder.onnx'), tinyEmbedder(112));
});
afterAll(() => rm(folder, { recursive: true }));

/** Black, with one white rectangle. */
function imageWithRectangle(
  width: number,
  height: number,
  white: { x: number; y: number; width: number; height: number },
): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = white.y; y < white.y + white.height; y++) {
    data.fill(255, (y * width + white.x) * 3, (y * width + white.x + white.width) * 3);
  }
  return { data, width, height };
}

describe("a detector of one's own", () => {
  test.each([
    {
      desc: 'YuNet with a free input',
      kind: 'yunet',
      file: 'yunet.onnx',
      image: [200, 130],
      white: { x: 64, y: 32, width: 32, height: 32 },
    },
    {
      desc: 'YuNet with a fixed input, larger than the image',
      kind: 'yunet',
      file: 'yunet-128.onnx',
      image: [100, 70],
      white: { x: 32, y: 32, width: 32, height: 32 },
    },
    {
      desc: 'YuNet with a fixed input, smaller than the image',
      kind: 'yunet',
      file: 'yunet-128.onnx',
      image: [512, 256],
      white: { x: 128, y: 128, width: 128, height: 128 },
    },
    {
      desc: 'UltraFace',
      kind: 'ultraface',
      file: 'ultraface.onnx',
      image: [640, 480],
      white: { x: 320, y: 240, width: 320, height: 240 },
    },
  ] as const)('$desc finds the white rectangle', async ({ kind, file, image: [width, height], white }) => {
    await using engine = await loadFaceEngine({ detector: { kind, file: fileOf(file), boxMap: SAME_BOX } });
    const [found, ...others] = await engine.detector.detect(imageWithRectangle(width, height, white));
    expect(others).toEqual([]);
    expect(found!.score).toBeCloseTo(1, 3);
    expect(found!.box.left).toBeCloseTo(white.x, 3);
    expect(found!.box.top).toBeCloseTo(white.y, 3);
    expect(found!.box.right).toBeCloseTo(white.x + white.width, 3);
    expect(found!.box.bottom).toBeCloseTo(white.y + white.height, 3);
  });

  test("is named, with its file's hash, in the provenance", async () => {
    await using engine = await loadFaceEngine({ detector: { kind: 'yunet', file: fileOf('yunet.onnx'), threshold: 0.8 } });
    expect(engine.provenance).toMatchObject({
      detector: 'yunet',
      detectorSha256: createHash('sha256').update(tinyYuNet(null)).digest('hex'),
      detectorThreshold: 0.8,
    });
  });

  test.each([
    {
      desc: 'of another family',
      options: () => ({ kind: 'yunet', file: fileOf('ultraface.onnx') }) as const,
      code: 'INVALID_INPUT',
    },
    {
      desc: 'that is not there',
      options: () => ({ kind: 'yunet', file: fileOf('absent.onnx') }) as const,
      code: 'MODEL_MISSING',
    },
    { desc: 'that is no network', options: () => ({ kind: 'yunet', file: samplePhoto(1) }) as const, code: 'MODEL_CORRUPT' },
  ])('$desc gives $code', async ({ options, code }) => {
    const detector: DetectorOptions = options();
    await expect(loadFaceEngine({ detector })).rejects.toMatchObject({ code });
  });
});

describe("an embedder of one's own", () => {
  const options = (): OnnxEmbedderOptions => ({
    kind: 'onnx',
    file: fileOf('embedder.onnx'),
    model: 'mean-colour',
    dimension: 3,
    chip: { size: 112, padding: 0.1 },
    pixels: { layout: 'nchw', channels: 'bgr', mean: 100, scale: 0.5 },
  });

  test('gets its own chips and pixel format, and names its own space', async () => {
    await using analyzer = await createFaceAnalyzer({ workers: 1, embedder: options() });
    const red = { data: new Uint8Array(300 * 300 * 3).map((_, i) => (i % 3 === 0 ? 200 : 0)), width: 300, height: 300 };
    const { faces } = await analyzer.analyze(red, { boxes: [{ x: 100, y: 100, width: 100, height: 100 }] });
    expect(Array.from(faces[0]!.embedding, Math.round)).toEqual([-50, -50, 50]); // blue, green, red
    expect(analyzer.space).toMatchObject({ dimension: 3, alignment: 'dlib-5-chip-112-0.1' });
    expect(analyzer.space.name).toMatch(/^mean-colour-v1@[0-9a-f]{8}\/dlib-5-chip-112-0\.1\/3$/);
  });

  test('may be scaled to unit length', async () => {
    await using engine = await loadFaceEngine({ embedder: { ...options(), normalise: true } });
    const { faces } = await analyzeFaces(samplePhoto(3), engine);
    expect(faces).toHaveLength(3);
    for (const { embedding } of faces) expect(Math.hypot(...embedding)).toBeCloseTo(1, 5);
  });

  test('whose dimension was declared wrongly is refused', async () => {
    await using engine = await loadFaceEngine({ embedder: { ...options(), dimension: 512 } });
    await expect(analyzeFaces(samplePhoto(3), engine)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

test('the example of the guide runs', async () => {
  const example = fileURLToPath(new URL('../examples/own-embedder.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@photoorg/source', example]);
  const [space, ...faces] = stdout.trim().split('\n');
  expect(space).toContain('mean-colour-v1@');
  expect(faces).toHaveLength(3);
});
