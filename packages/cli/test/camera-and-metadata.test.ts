import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Photo, StoredMetadata } from '@photoorg/sdk';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parseRecords, readRecords, runPhotoorg } from './run-photoorg.ts';
import { samplePhoto } from './sample-photos.ts';
import { type TemporaryDatabase, temporaryDatabase } from './temporary-database.ts';

// Every command is a process that loads the database anew, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 600_000 });

let database: TemporaryDatabase;
let flags: readonly string[];

/** A photo of a Sony (1/60 s, f/1.8, ISO 1000, 55 mm) and one of a phone (1/10 s, f/1.7, ISO 160, 4.25 mm). */
beforeAll(async () => {
  database = await temporaryDatabase();
  const library = await database.newLibrary();
  ({ flags } = library);
  const root = join(library.folder, 'photos');
  await mkdir(root);
  for (const number of [4, 6] as const) await copyFile(samplePhoto(number), join(root, `${number}.jpg`));
  await readRecords(['ingest', '--root', root, '--exif', '--quiet', ...flags]);
});
afterAll(() => database[Symbol.asyncDispose]());

async function listed(...words: string[]): Promise<Photo[]> {
  return readRecords<Photo>(['photos', '--order', 'oldest', ...words, ...flags]);
}

it('prints how the camera was set, and finds photos by it', async () => {
  const all = await listed();
  expect(all.map(({ exposure }) => exposure)).toEqual(
    expect.arrayContaining([
      { iso: 1000, exposureTime: 1 / 60, fNumber: 1.8, focalLength: 55 },
      { iso: 160, exposureTime: 0.1, fNumber: 1.7, focalLength: 4.25 },
    ]),
  );
  const sony = all.find(({ cameraMake }) => cameraMake === 'SONY')!;
  const bounds = ['--iso-from', '400', '--exposure-time-to', '1/60', '--f-number-from', '1.8', '--focal-length-from', '50'];
  expect(await listed('--camera', 'sony ilce', ...bounds)).toMatchObject([{ photoId: sony.photoId }]);
  expect(await listed('--iso-to', '150')).toEqual([]);
  const refused = await runPhotoorg(['photos', '--exposure-time-to', '1/0', ...flags]);
  expect(refused).toMatchObject({ code: 64, stderr: expect.stringContaining('seconds such as 0.5 or 1/250') });
});

it('prints all that was read of a photo', async () => {
  const [sony] = await listed('--camera', 'sony');
  const [told, ...more] = await readRecords<Photo & { metadata: StoredMetadata }>([
    'photos',
    sony!.photoId,
    '--metadata',
    ...flags,
  ]);
  expect(more).toEqual([]);
  expect(told).toMatchObject(sony!);
  expect(told!.metadata).toMatchObject({
    exif: { exif: { Make: 'SONY', ISOSpeedRatings: 1000 } },
    shotCandidates: expect.arrayContaining([expect.objectContaining({ source: 'file:mtime' })]),
    shotRules: null,
  });
  const run = await runPhotoorg(['photos', '--iso-to', '200', '--metadata', ...flags]);
  expect(parseRecords(run.stdout)).toMatchObject([{ metadata: { exif: { exif: { FocalLengthIn35mmFilm: 26 } } } }]);
});
