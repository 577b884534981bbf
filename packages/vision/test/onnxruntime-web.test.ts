import { expect, test } from 'vitest';
import { analyzeFaces, loadFaceEngine } from '../src/index.ts';
import { l2Distance } from './dlib-golden.ts';
import { samplePhoto } from './sample-photos.ts';

test('onnxruntime-web finds the same faces with the same embeddings', async () => {
  await using web = await loadFaceEngine({ engine: 'onnxruntime-web' });
  await using native = await loadFaceEngine({ engine: 'onnxruntime-node' });
  const fromWeb = await analyzeFaces(samplePhoto(4), web);
  const fromNative = await analyzeFaces(samplePhoto(4), native);
  expect(web.provenance.runtime).toBe('onnxruntime-web');
  expect(web.embedder.space).toEqual(native.embedder.space);
  expect(fromWeb.faces).toHaveLength(4);
  expect(fromWeb.faces.map(({ box }) => box)).toEqual(fromNative.faces.map(({ box }) => box));
  const distances = fromWeb.faces.map(({ embedding }, i) => l2Distance(embedding, fromNative.faces[i]!.embedding));
  expect(Math.max(...distances)).toBeLessThan(1e-5);
});
