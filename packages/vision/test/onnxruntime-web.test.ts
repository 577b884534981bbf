import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
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

test.each([
  { engine: 'auto', expected: 'onnxruntime-web' },
  { engine: 'onnxruntime-node', expected: 'RUNTIME_UNAVAILABLE' },
])('where onnxruntime-node is missing, $engine gives $expected', async ({ engine, expected }) => {
  const index = new URL('../src/index.ts', import.meta.url).href;
  const program = `
    import { registerHooks } from 'node:module';
    registerHooks({
      resolve(specifier, context, next) {
        if (specifier === 'onnxruntime-node') throw new Error('Cannot find package onnxruntime-node');
        return next(specifier, context);
      },
    });
    const { loadFaceEngine } = await import(${JSON.stringify(index)});
    try {
      await using engine = await loadFaceEngine({ engine: ${JSON.stringify(engine)} });
      console.log(engine.provenance.runtime);
    } catch (error) {
      console.log(error.code);
    }
  `;
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--conditions=@photoorg/source',
    '--input-type=module',
    '-e',
    program,
  ]);
  expect(stdout.trim()).toBe(expected);
});
