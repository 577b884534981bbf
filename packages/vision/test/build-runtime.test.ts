import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeEach, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../scripts/build-runtime.ts', import.meta.url));
const builtFolder = fileURLToPath(new URL('../runtime', import.meta.url));
const temporary: string[] = [];
let folder: string;

beforeEach(async () => {
  temporary.push(await mkdtemp(join(tmpdir(), 'photoorg-runtime-')));
  folder = join(temporary.at(-1)!, 'runtime');
  await cp(builtFolder, folder, { recursive: true });
});
afterAll(() => Promise.all(temporary.map((path) => rm(path, { recursive: true }))));

const build = () => promisify(execFile)(process.execPath, [script, folder]);

test('each platform has the addon and the one library that it loads, beside licence and notices', async () => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  expect(files.sort()).toEqual([
    'LICENSE.txt',
    'ThirdPartyNotices.txt',
    'darwin-arm64/libonnxruntime.1.dylib',
    'darwin-arm64/onnxruntime_binding.node',
    'linux-arm64/libonnxruntime.so.1',
    'linux-arm64/onnxruntime_binding.node',
    'linux-x64/libonnxruntime.so.1',
    'linux-x64/onnxruntime_binding.node',
    'manifest.json',
    'win32-arm64/onnxruntime.dll',
    'win32-arm64/onnxruntime_binding.node',
    'win32-x64/onnxruntime.dll',
    'win32-x64/onnxruntime_binding.node',
  ]);
});

test('a second build changes nothing and says nothing', async () => {
  const before = await stat(join(folder, 'manifest.json'));
  const { stdout, stderr } = await build();
  expect(stdout + stderr).toBe('');
  expect((await stat(join(folder, 'manifest.json'))).ino).toBe(before.ino);
});

test.each([
  { desc: 'a truncated library', damage: () => truncate(join(folder, 'linux-arm64/libonnxruntime.so.1'), 1000) },
  { desc: 'a missing platform', damage: () => rm(join(folder, 'darwin-arm64'), { recursive: true }) },
  { desc: 'a manifest that is no JSON', damage: () => truncate(join(folder, 'manifest.json'), 20) },
])('$desc is repaired', async ({ damage }) => {
  await damage();
  await build();
  for (const file of ['manifest.json', 'linux-arm64/libonnxruntime.so.1', 'darwin-arm64/onnxruntime_binding.node']) {
    expect((await readFile(join(folder, file))).equals(await readFile(join(builtFolder, file)))).toBe(true);
  }
});
