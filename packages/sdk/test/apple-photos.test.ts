import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { expect, test } from 'vitest';
import { writeOriginal, writePhotosDatabase } from '../../ingest/test/support/photos-library.ts';
import { type IndexPhotosResult, indexPhotos } from '../src/index.ts';
import { useFaceAnalyzer } from './support/face-analyzer.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { copySample } from './support/photo-folder.ts';

const vision = useFaceAnalyzer();
const given = useLibraryAndFolder();
const UUID = 'A1B2C3D4-0000-4000-8000-00000000000A';

function index(): Promise<IndexPhotosResult> {
  return indexPhotos({ library: given.library, root: given.folder, scanPhotos, analyzer: vision.analyzer });
}

test('who is named in a library of Apple Photos is named here, and a later name costs that photo alone', async () => {
  const sample = join(given.folder, 'sample.jpg');
  await copySample(3, sample);
  const { width, height, faces } = await vision.analyzer.analyze(sample);
  const [left, , right] = faces.map(({ box }) => box).toSorted((a, b) => a.x - b.x);
  const photosLibrary = join(given.folder, 'Fotos.photoslibrary');
  await writeOriginal(photosLibrary, UUID, Buffer.concat([await readFile(sample), Buffer.from('another file')]));
  const drawn = (name: string, box: { x: number; y: number; width: number; height: number }) => ({
    name,
    x: (box.x + box.width / 2) / width,
    y: 1 - (box.y + box.height / 2) / height,
    size: (1.5 * box.width) / Math.max(width, height),
    source: [width, height] as [number, number],
  });
  const asset = { uuid: UUID, title: 'On the stairs', faces: [drawn('Ada', left!), drawn('Grace', right!)] };
  const database = await writePhotosDatabase(photosLibrary, 'macOS 14', [asset]);
  expect(await index()).toMatchObject({ seen: 2, failed: 0 });

  const named = async () => {
    const [photo] = (await given.library.photos.list({ q: 'stairs' })).items;
    const labelled = (await given.library.photos.getWithFaces(photo!.photoId)).faces.toSorted((a, b) => a.box.x - b.box.x);
    return labelled.map(({ label }) => label && `${label.displayName}: ${label.source}`);
  };
  expect(await named()).toEqual(['Ada: imported', null, 'Grace: imported']);
  expect(await index()).toMatchObject({ unchanged: 2 });

  database.exec("UPDATE ZPERSON SET ZFULLNAME = 'Grace Hopper' WHERE ZFULLNAME = 'Grace'");
  expect(await index()).toMatchObject({ unchanged: 1 });
  expect(await named()).toEqual(['Ada: imported', null, 'Grace Hopper: imported']);
  database.close();
});
