/** Runs an embedder of one's own: `node --conditions=@photoorg/source packages/vision/examples/own-embedder.ts [IMAGE]`. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createFaceAnalyzer } from '@photoorg/vision';
import { tinyEmbedder } from '../test/tiny-networks.ts';

const samplePhoto = () =>
  join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo/sample1.jpg');
const photo = process.argv[2] ?? samplePhoto();

const folder = await mkdtemp(join(tmpdir(), 'own-embedder-'));
const file = join(folder, 'mean-colour.onnx');
await writeFile(file, tinyEmbedder(112));
try {
  await using analyzer = await createFaceAnalyzer({
    workers: 1,
    embedder: {
      kind: 'onnx',
      file,
      model: 'mean-colour',
      dimension: 3,
      chip: { size: 112, template: 'arcface' },
      pixels: { layout: 'nchw', channels: 'rgb', mean: 0, scale: 1 / 255 },
    },
  });
  console.log(analyzer.space.name);
  const { faces } = await analyzer.analyze(photo);
  for (const { box, embedding } of faces) {
    const [red, green, blue] = Array.from(embedding, (value) => value.toFixed(2));
    console.log(`face at ${box.x}, ${box.y}: red ${red}, green ${green}, blue ${blue}`);
  }
} finally {
  await rm(folder, { recursive: true });
}
