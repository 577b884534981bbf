import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { expect, test } from 'vitest';
import { indexPhotos } from '../src/index.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { copySample, writeVariant } from './support/photo-folder.ts';

const given = useLibraryAndFolder();
const at = (name: string) => join(given.folder, name);
const index = (...files: string[]) =>
  indexPhotos({
    library: given.library,
    root: given.folder,
    scanPhotos,
    ...(files.length > 0 ? { files: files.map((file) => Buffer.from(file)) } : {}),
  });

test('only the files that are named are looked at, and nothing is found to be missing', async () => {
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg', 'f.jpg', 'g.jpg']) await writeVariant(name, at(name));
  await index();
  await rm(at('a.jpg'));
  await copySample(2, at('d.jpg'));
  await copySample(3, at('e.jpg'));
  expect(await index('b.jpg', 'd.jpg', 'gone.jpg')).toMatchObject({
    seen: 2,
    unchanged: 1,
    created: 1,
    missing: 0,
    missingNotMarked: null,
  });
  expect((await given.library.photos.list()).total).toBe(6);
  expect(await index()).toMatchObject({ created: 1, unchanged: 5, missing: 1 });
  expect((await given.library.runs.list()).map(({ status }) => status)).toEqual(['finished', 'finished', 'finished']);
});

test('a moved photo with its film is the same photo, with the same rows', async () => {
  await writeVariant('a', at('a.jpg'));
  await writeFile(at('a.mov'), 'a film');
  await writeVariant('b', at('b.jpg'));
  await index();
  const [before] = (await given.library.photos.list()).items.filter(({ path }) => path === at('a.jpg'));
  const filesBefore = await given.library.photos.files(before!.photoId);
  await mkdir(at('new'));
  await rename(at('a.jpg'), at('new/renamed.jpg'));
  await rename(at('a.mov'), at('new/renamed.mov'));
  expect(await index('new/renamed.jpg')).toMatchObject({ seen: 1, moved: 1, created: 0, missing: 0 });
  const files = await given.library.photos.files(before!.photoId);
  expect(files.map(({ path }) => path).toSorted()).toEqual(['new/renamed.jpg', 'new/renamed.mov']);
  expect(files.map(({ fileId }) => fileId).toSorted()).toEqual(filesBefore.map(({ fileId }) => fileId).toSorted());
  expect(await index()).toMatchObject({ unchanged: 2, moved: 0, updated: 0, missing: 0 });
});
