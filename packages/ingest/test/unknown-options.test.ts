import { expect, test } from 'vitest';
import {
  countPhotos,
  openExiftool,
  readPhotoMetadata,
  readUnusualPixels,
  renderThumbnail,
  scanPhotos,
  walkFiles,
  watchFolder,
  writeFaceRegions,
} from '../src/index.ts';

const first = async (items: AsyncIterable<unknown>) => {
  for await (const item of items) return item;
  return undefined;
};

// Typed as nobody would, as programs in JavaScript do.
const typo = { exfi: false } as object;

test.each<{ call: string; ask: () => unknown }>([
  { call: 'scanPhotos', ask: () => first(scanPhotos({ root: '.', ...typo })) },
  { call: 'walkFiles', ask: () => first(walkFiles({ root: '.', ...typo })) },
  { call: 'countPhotos', ask: () => countPhotos({ root: '.', ...typo }) },
  { call: 'watchFolder', ask: () => watchFolder({ root: '.', ...typo }) },
  { call: 'readPhotoMetadata', ask: () => readPhotoMetadata('a.jpg', typo) },
  { call: 'renderThumbnail', ask: () => renderThumbnail('a.jpg', typo) },
  { call: 'readUnusualPixels', ask: () => readUnusualPixels('a.heic', typo) },
  { call: 'writeFaceRegions', ask: () => writeFaceRegions('a.jpg', { regions: [], removed: [], ...typo }) },
  { call: 'openExiftool', ask: () => openExiftool(typo) },
])('$call refuses an option that there is not', async ({ call, ask }) => {
  await expect((async () => ask())()).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining(`There is no option 'exfi' of ${call}: they are `),
  });
});

test('an impossible number of files under way is refused', async () => {
  await expect(first(scanPhotos({ root: '.', concurrency: 0 }))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});
