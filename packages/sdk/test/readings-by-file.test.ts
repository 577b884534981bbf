import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { CompiledQuery, sql } from 'kysely';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { indexPhotos, type Photo } from '../src/index.ts';
import { photoReadings } from '../src/schema/migrations/0012-photo-readings.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';

const given = useLibraryAndFolder();

interface Words {
  title?: string;
  keywords?: readonly string[];
  position?: boolean;
}

async function writeXmp(photo: string, { title, keywords = [], position = false }: Words): Promise<void> {
  const items = keywords.map((word) => `<rdf:li>${word}</rdf:li>`).join('');
  await writeFile(
    join(given.folder, `${photo}.xmp`),
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
      ${position ? 'exif:GPSLatitude="48,8.2N" exif:GPSLongitude="11,34.5E"' : ''}>
      ${title ? `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title>` : ''}
      <dc:subject><rdf:Bag>${items}</rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>`,
  );
}

/** A photo without any metadata, at each of the paths. */
async function writeCopies(...paths: readonly string[]): Promise<void> {
  const [first, ...others] = paths.map((path) => join(given.folder, path));
  for (const path of [first!, ...others]) await mkdir(join(path, '..'), { recursive: true });
  const background = { r: 200, g: 100, b: 50 };
  await sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .jpeg()
    .toFile(first!);
  for (const path of others) await copyFile(first!, path);
}

async function index(): Promise<Photo> {
  await indexPhotos({ library: given.library, root: given.folder, scanPhotos, acceptMissing: true });
  const { items, total } = await given.library.photos.list();
  expect(total).toBe(1);
  return items[0]!;
}

describe('a photo of several copies', () => {
  test.each([{ beside: 'a/x.jpg' }, { beside: 'b/x.jpg' }])(
    'has what a sidecar beside $beside says, while that copy is there',
    async ({ beside }) => {
      await writeCopies('a/x.jpg', 'b/x.jpg');
      await writeXmp(beside, { title: 'Harbour', keywords: ['boat'], position: true });
      expect(await index()).toMatchObject({ title: 'Harbour', keywords: ['boat'], latitude: expect.closeTo(48.137, 2) });
      await rm(join(given.folder, beside));
      await rm(join(given.folder, `${beside}.xmp`));
      expect(await index()).toMatchObject({ title: null, keywords: [], latitude: null });
      await writeCopies('a/x.jpg', 'b/x.jpg');
      await writeXmp(beside, { title: 'Quay' });
      expect(await index()).toMatchObject({ title: 'Quay' });
    },
  );

  test.each([{ dated: 'a/IMG-20180101-WA0001.jpg' }, { dated: 'c/IMG-20180101-WA0001.jpg' }])(
    'has the date in the name $dated',
    async ({ dated }) => {
      await writeCopies('b/x.jpg', dated);
      expect(await index()).toMatchObject({ shotSource: 'file:name', shotLocal: '2018-01-01T00:00:00' });
    },
  );

  test('has the words of all sidecars, and of the copy that comes in a later run', async () => {
    await writeCopies('a/x.jpg');
    await writeXmp('a/x.jpg', { keywords: ['boat', 'sea'] });
    await index();
    await writeCopies('a/x.jpg', 'b/x.jpg');
    await writeXmp('b/x.jpg', { title: 'Harbour', keywords: ['sea', 'sun'] });
    expect(await index()).toMatchObject({ title: 'Harbour', keywords: ['boat', 'sea', 'sun'] });
  });
});

test('what is taken out of a sidecar is gone, and with the sidecar all of it', async () => {
  await writeCopies('x.jpg');
  await writeXmp('x.jpg', { title: 'Harbour', keywords: ['boat', 'sea'], position: true });
  await index();
  await writeXmp('x.jpg', { keywords: ['boat'] });
  expect(await index()).toMatchObject({ title: null, keywords: ['boat'], latitude: null, longitude: null });
  await writeXmp('x.jpg', {});
  expect(await index()).toMatchObject({ keywords: [] });
  await writeXmp('x.jpg', { title: 'Harbour' });
  await index();
  await rm(join(given.folder, 'x.jpg.xmp'));
  expect(await index()).toMatchObject({ title: null });
});

test('what an earlier version folded of copies and sidecars for good is read again, once', async () => {
  const { context } = given;
  await writeCopies('a/x.jpg', 'b/x.jpg');
  await writeXmp('b/x.jpg', { keywords: ['boat'] });
  const { photoId } = await index();
  await sql`DELETE FROM photo_readings`.execute(context.db);
  await sql`UPDATE photos SET title = 'Taken out long ago', keywords = '{boat,old}', shot_local = '1999-01-01' WHERE photo_id = ${photoId}`.execute(
    context.db,
  );
  expect(await index()).toMatchObject({ title: 'Taken out long ago' });
  await context.db.executeQuery(CompiledQuery.raw(photoReadings.at(-1)!));
  expect(await index()).toMatchObject({ title: null, keywords: ['boat'], shotSource: 'file:mtime' });
  const again = await indexPhotos({ library: given.library, root: given.folder, scanPhotos });
  expect(again).toMatchObject({ unchanged: 2, updated: 0 });
});
