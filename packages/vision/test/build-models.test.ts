import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, cp, mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { loadFaceEngine } from '../src/index.ts';

const script = fileURLToPath(new URL('../scripts/build-models.ts', import.meta.url));
const builtFolder = fileURLToPath(new URL('../models', import.meta.url));
const temporary: string[] = [];
let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'photoorg-models-')), 'models');
  temporary.push(join(folder, '..'));
});
afterAll(() => Promise.all(temporary.map((path) => rm(path, { recursive: true }))));

const build = () => promisify(execFile)(process.execPath, [script, folder]);

/** SHA-256 of each file. */
async function contents(path: string): Promise<Map<string, string>> {
  const names = (await readdir(path)).sort();
  return new Map(
    await Promise.all(
      names.map(
        async (name) =>
          [
            name,
            createHash('sha256')
              .update(await readFile(join(path, name)))
              .digest('hex'),
          ] as const,
      ),
    ),
  );
}

test('a build anywhere writes the same bytes', async () => {
  await build();
  expect(await contents(folder)).toEqual(await contents(builtFolder));
});

test('a second build changes nothing and says nothing', async () => {
  await cp(builtFolder, folder, { recursive: true, preserveTimestamps: true });
  const before = await stat(join(folder, 'manifest.json'));
  const { stdout, stderr } = await build();
  expect(stdout + stderr).toBe('');
  expect((await stat(join(folder, 'manifest.json'))).ino).toBe(before.ino);
});

test.each([
  { desc: 'a truncated model', damage: () => truncate(join(folder, 'faceboxes.onnx'), 1000) },
  { desc: 'a manifest that is no JSON', damage: () => truncate(join(folder, 'manifest.json'), 20) },
  { desc: 'a missing model', damage: () => rm(join(folder, 'dlib-resnet.onnx')) },
])('$desc is repaired', async ({ damage }) => {
  await cp(builtFolder, folder, { recursive: true });
  await damage();
  await build();
  expect(await contents(folder)).toEqual(await contents(builtFolder));
});

test('a changed model is not loaded', async () => {
  await cp(builtFolder, folder, { recursive: true });
  await appendFile(join(folder, 'dlib-resnet.onnx'), 'x');
  await expect(loadFaceEngine({ modelsFolder: folder })).rejects.toMatchObject({ code: 'MODEL_CORRUPT' });
});
