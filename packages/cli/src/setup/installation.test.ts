import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findInstallation, npmWords } from './installation.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photoorg-installation-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('beside a project, what is added is saved in its package.json', async () => {
  await writeFile(join(folder, 'package.json'), '{}');
  const file = join(folder, 'node_modules/photoorg/node_modules/@photoorg/ingest/package.json');
  const installation = findInstallation(file);
  expect(installation).toEqual({ folder, isGlobal: false });
  expect(npmWords(installation!, 'a@1')).toEqual(['install', '--prefix', folder, 'a@1']);
});

test("in npm's global folder it is installed globally", async () => {
  await mkdir(join(folder, 'lib/node_modules'), { recursive: true });
  const installation = findInstallation(join(folder, 'lib/node_modules/photoorg/dist/main.js'));
  expect(installation).toEqual({ folder: join(folder, 'lib'), isGlobal: true });
  expect(npmWords(installation!, 'a@1')).toEqual(['install', '--global', 'a@1']);
});

test('a checkout is no installation', () => {
  expect(findInstallation('/src/photoorg/packages/ingest/package.json')).toBeNull();
});
