import { copyFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { hashFile, readPhotoMetadata, scanPhotos } from '@photoorg/ingest';
import { indexPhotos } from '@photoorg/sdk';
import { openTestLibrary } from '@photoorg/sdk/testing';
import { expect, it } from 'vitest';
import { copySqliteToPostgres } from '../src/index.ts';
import { makeOldLibrary } from './old-library.ts';

const sample = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo/sample1.jpg');

it('a photo whose file is there is hashed and measured, and an ingest of its folder knows it', async () => {
  await using old = await makeOldLibrary();
  const file = join(old.folder, 'sample.jpg');
  await copyFile(sample, file);
  old.insert('photos', { photo_id: '1', path: 'sample.jpg' });
  old.insert('faces', { face_id: '1', photo_id: '1', bbox_x: 402, bbox_y: 379, bbox_w: 204, bbox_h: 204 });
  await using test = await openTestLibrary();
  const { library } = test;
  const { complete } = await copySqliteToPostgres({ sqlite: old.file, library, readPhotoFacts: readPhotoMetadata });
  expect(complete).toBe(true);
  const copied = await library.photos.findBySha256(await hashFile(file));
  expect(copied).toMatchObject({ path: file, width: 1920, height: 1280, facesCount: 1, shotLocal: null });

  const run = await indexPhotos({ library, root: old.folder, scanPhotos, exif: true });
  expect(run).toMatchObject({ created: 0, failed: 0 });
  expect((await library.photos.list()).items.map((photo) => photo.photoId)).toEqual([copied?.photoId]);
  expect(await library.photos.files(copied!.photoId)).toHaveLength(1);
});
