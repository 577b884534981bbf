import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { expect, test } from 'vitest';
import { makeJpeg } from '../../ingest/test/support/test-images.ts';
import { indexPhotos } from '../src/index.ts';
import { openTestLibrary } from '../src/testing/index.ts';
import { temporaryFolder } from './support/photo-folder.ts';

const FILES = 1_000;
const BAD = 357;

test('a cut file among a thousand is a photo with an error beside it', { timeout: 300_000 }, async () => {
  await using opened = await openTestLibrary();
  await using temporary = await temporaryFolder();
  const image = await makeJpeg();
  for (let index = 0; index < FILES; index++) {
    // Bytes after the end of the image make each another content; the bad one ends in its middle.
    const content = index === BAD ? image.subarray(0, image.length / 2) : Buffer.concat([image, Buffer.from(`photo ${index}`)]);
    await writeFile(join(temporary.folder, `${index}.jpg`), content);
  }
  const { library } = opened;
  const index = () => indexPhotos({ library, root: temporary.folder, scanPhotos });
  expect(await index()).toMatchObject({ created: FILES, damaged: 1, failed: 0, interrupted: false });
  expect((await library.photos.list({ limit: 1 })).total).toBe(FILES);
  expect(await library.runs.errors()).toMatchObject([{ path: `${BAD}.jpg`, code: 'IMAGE_TRUNCATED', stage: 'pixels' }]);
  expect(await index()).toMatchObject({ unchanged: FILES - 1, failedBefore: 1 });
});
