/**
 * Embeds the faces of a photo in a second space beside the first:
 * `node --conditions=@photoorg/source packages/vision/examples/second-embedder.ts fr_feature.onnx [IMAGE]`.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createFaceAnalyzer, facePluginEmbedder } from '@photoorg/vision';

const samplePhoto = () =>
  join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo/sample1.jpg');
const [, , file, photo = samplePhoto()] = process.argv;

await using first = await createFaceAnalyzer({ workers: 1 });
await using second = await createFaceAnalyzer({ workers: 1, embedder: facePluginEmbedder({ file }) });
console.log(second.space.name);

const { faces } = await first.analyze(photo);
const embeddings = await second.embedFaces(photo, faces); // looks for no face: the same ones, in the same order
for (const [i, { box, embedding }] of faces.entries()) {
  console.log(`face at ${box.x}, ${box.y}: ${embedding.length} numbers and ${embeddings[i]?.length ?? 'no'} numbers`);
}
