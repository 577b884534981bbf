import type { Buffer } from 'node:buffer';
import { writeFile } from 'node:fs/promises';
import { hammingDistance, perceptualHash, readPhotoMetadata, scanPhotos } from '@photoorg/ingest';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { exiftool, hasPerl } from './support/exiftool.ts';
import { makeRaw, RAW_HEIGHT, RAW_WIDTH, TEST_RAW_FORMATS } from './support/raw-files.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { makePicture } from './support/test-images.ts';

/** Turned by a quarter: whoever forgets it, or turns twice, gets another size and another hash. */
const ORIENTATION = 6;

let preview: Buffer;
beforeAll(async () => {
  preview = await sharp(await makePicture(300, 200))
    .jpeg({ quality: 90 })
    .toBuffer();
});

describe.each(TEST_RAW_FORMATS)('a RAW file of the kind %s', (format) => {
  it('says when, how and with what it was taken, and the size of the full picture, upright', async () => {
    await using folder = await temporaryFolder();
    const path = folder.file(`photo.${format}`);
    await writeFile(path, makeRaw(format, { preview, orientation: ORIENTATION }));
    const { shot, ...read } = await readPhotoMetadata(path);
    expect(read).toMatchObject({
      width: RAW_HEIGHT,
      height: RAW_WIDTH,
      orientation: ORIENTATION,
      cameraModel: `${format} test`,
      lens: 'Test 35mm F2.8',
      exposureTime: 1 / 250,
      fNumber: 2.8,
      iso: 400,
      focalLength: 35,
    });
    expect(read.mime).toContain(format);
    expect(shot).toMatchObject({ local: '2021-08-19T18:48:53', offsetMinutes: 120, source: 'exif:DateTimeOriginal' });
  });

  it('looks as its preview does, turned once', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file(`photo.${format}`), makeRaw(format, { preview, orientation: ORIENTATION }));
    const [item] = await Array.fromAsync(scanPhotos({ root: folder.path }));
    if (item?.kind !== 'photo') throw new Error(`Expected a photo but received ${JSON.stringify(item)}.`);
    const turned = await sharp(preview).rotate(90).png().toBuffer();
    expect(hammingDistance(item.photo.phash ?? 0n, await perceptualHash(turned))).toBeLessThanOrEqual(4);
  });
});

describe.skipIf(!hasPerl)('RAW files beside exiftool (needs perl)', () => {
  it.each(TEST_RAW_FORMATS)('%s: the same size, camera and exposure', async (format) => {
    await using folder = await temporaryFolder();
    const path = folder.file(`photo.${format}`);
    await writeFile(path, makeRaw(format, { preview, orientation: ORIENTATION }));
    const fields = ['ImageSize', 'MIMEType', 'Model', 'Orientation', 'ExposureTime', 'FNumber', 'LensModel'];
    const [truth] = JSON.parse(await exiftool(['-json', '-n', ...fields.map((field) => `-${field}`), path])) as [object];
    const read = await readPhotoMetadata(path);
    expect({
      SourceFile: path,
      ImageSize: `${read.height} ${read.width}`,
      MIMEType: read.mime,
      Model: read.cameraModel,
      Orientation: read.orientation,
      ExposureTime: read.exposureTime,
      FNumber: read.fNumber,
      LensModel: read.lens,
    }).toEqual(truth);
  });
});
