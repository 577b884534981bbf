import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { makeJpeg } from '../../test/support/test-images.ts';
import { scanPhotos } from './scan-photos.ts';
import { walkNewestFirst } from './walk-newest-first.ts';

it('walks by the days in the names, else by the last changes, in folders and across them', async () => {
  await using folder = await temporaryFolder();
  await mkdir(folder.file('sub'));
  const files = [
    ['sub/old.jpg', '2015-01-01'],
    ['IMG_20190615_120000.jpg', '2024-01-01'],
    ['new.jpg', '2023-05-05'],
    ['sub/PXL_20240101_120000000.jpg', '2012-01-01'],
  ] as const;
  for (const [name, changedAt] of files) {
    await writeFile(folder.file(name), name);
    await utimes(folder.file(name), new Date(changedAt), new Date(changedAt));
  }
  const walked = await Array.fromAsync(walkNewestFirst({ root: folder.path, onError: () => {} }));
  // Within a batch, files of one folder stay together.
  expect(walked.map(({ file }) => file.path)).toEqual([
    'sub/PXL_20240101_120000000.jpg',
    'sub/old.jpg',
    'new.jpg',
    'IMG_20190615_120000.jpg',
  ]);
});

it('scans the same photos as by path, companions with their pictures', async () => {
  await using folder = await temporaryFolder();
  const jpeg = await makeJpeg();
  for (const name of ['a.jpg', 'b.jpg']) await writeFile(folder.file(name), jpeg);
  await writeFile(folder.file('b.mov'), 'film');
  await writeFile(folder.file('bad.jpg'), 'no photo');
  const told = async (order: 'path' | 'newest') => {
    const items = await Array.fromAsync(scanPhotos({ root: folder.path, order }));
    return items.map((item) => [item.file.path, item.kind, item.kind === 'photo' ? item.companions?.length : null]).sort();
  };
  expect(await told('newest')).toEqual(await told('path'));
  await expect(Array.fromAsync(scanPhotos({ root: folder.path, order: 'oldest' as 'newest' }))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
});
