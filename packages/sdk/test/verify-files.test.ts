import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { indexPhotos, type VerifyFilesOptions } from '../src/index.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { writeVariant } from './support/photo-folder.ts';

const given = useLibraryAndFolder();
const at = (name: string) => join(given.folder, name);

beforeEach(async () => {
  for (const name of ['a', 'b', 'c', 'd']) await writeVariant(name, at(`${name}.jpg`));
  await indexPhotos({ library: given.library, root: given.folder, scanPhotos });
});

async function verify(options?: VerifyFilesOptions): Promise<Record<string, string>> {
  const files = await Array.fromAsync(given.library.files.verify(options));
  expect(files.filter(({ state, reason }) => (state === 'intact') !== (reason === null))).toEqual([]);
  return Object.fromEntries(files.map(({ path, state }) => [path, state]));
}

test('what a disk has lost is told from what was changed and what is gone', async () => {
  const rotten = await readFile(at('a.jpg'));
  rotten[rotten.length - 1]! ^= 1;
  await writeFile(at('a.jpg'), rotten);
  // What no program can do: content that changes without a trace.
  await utimes(at('a.jpg'), 1, 1);
  await sql`UPDATE photo_files SET ctime_ns = ctime_ns + 3600000000000 WHERE path = 'a.jpg'`.execute(given.context.db);
  await writeFile(at('b.jpg'), 'edited');
  await rm(at('c.jpg'));
  expect(await verify()).toEqual({ 'a.jpg': 'damaged', 'b.jpg': 'changed', 'c.jpg': 'missing', 'd.jpg': 'intact' });
});

test('some files alone are verified: those of a folder, or a sample', async () => {
  expect(await verify({ paths: [at('d.jpg')] })).toEqual({ 'd.jpg': 'intact' });
  expect(Object.values(await verify({ sample: 3 }))).toEqual(['intact', 'intact', 'intact']);
  await expect(verify({ sample: 0 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(verify({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
});
