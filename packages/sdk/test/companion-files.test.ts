import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countPhotos, scanPhotos } from '@photoorg/ingest';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TAG } from '../../ingest/test/support/exif-block.ts';
import { makeRaw, RAW_DATE, RAW_HEIGHT, RAW_WIDTH } from '../../ingest/test/support/raw-files.ts';
import { makeJpeg } from '../../ingest/test/support/test-images.ts';
import { indexPhotos, type PhotoLibrary } from '../src/index.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';

const FILM = Buffer.from('a film of three seconds');
const JPEG_SIZE = [RAW_WIDTH / 2, RAW_HEIGHT / 2] as [number, number];

const given = useLibraryAndFolder();
let library: PhotoLibrary;
let root: string;
let raw: Buffer;
let jpeg: Buffer;

beforeAll(async () => {
  library = given.library;
  raw = makeRaw('nef', { preview: await makeJpeg({}, JPEG_SIZE), orientation: 1 });
  jpeg = await jpegTakenAt(RAW_DATE);
});
beforeEach(() => {
  root = given.folder;
});

const jpegTakenAt = (date: string) => makeJpeg({ exif: { exif: { [TAG.dateTimeOriginal]: { ascii: date } } } }, JPEG_SIZE);
const index = () => indexPhotos({ library, root, scanPhotos });
const write = (name: string, content: Buffer) => writeFile(join(root, name), content);
const move = (from: string, to: string) => rename(join(root, from), join(root, to));

/** The photos as their files, e.g. `a.jpg original, a.nef raw`; missing files in brackets. */
async function photos(): Promise<string[]> {
  const { items } = await library.photos.list({ includeMissing: true });
  const lists = await Promise.all(items.map(({ photoId }) => library.photos.files(photoId)));
  const describeFile = ({ path, kind, missingSince }: (typeof lists)[number][number]) =>
    missingSince ? `(${path} ${kind})` : `${path} ${kind}`;
  return lists.map((files) => files.map(describeFile).toSorted().join(', ')).toSorted();
}

describe('files that belong to one photo', () => {
  test('a picture, its RAW file and its film are one photo, and a second run finds nothing new', async () => {
    await write('a.jpg', jpeg);
    await write('a.nef', raw);
    await write('a.mov', FILM);
    await write('film alone.mov', FILM);
    expect(await index()).toMatchObject({ created: 1, updated: 0, failed: 0, seen: await countPhotos({ root }) });
    expect(await photos()).toEqual(['a.jpg original, a.mov live, a.nef raw']);
    expect((await library.photos.list()).items[0]).toMatchObject({ mime: 'image/jpeg', path: join(root, 'a.jpg') });
    expect(await index()).toMatchObject({ created: 0, updated: 0, unchanged: 1, missing: 0 });
  });

  test('a RAW file that comes later is added to the photo', async () => {
    await write('a.jpg', jpeg);
    await index();
    await write('a.nef', raw);
    expect(await index()).toMatchObject({ created: 0, updated: 1 });
    expect(await photos()).toEqual(['a.jpg original, a.nef raw']);
  });

  test('they are followed when all are renamed, and the RAW file when it is moved alone', async () => {
    await write('a.jpg', jpeg);
    await write('a.nef', raw);
    await write('a.mov', FILM);
    await index();
    await mkdir(join(root, 'trip'));
    for (const extension of ['jpg', 'nef', 'mov']) await move(`a.${extension}`, `trip/b.${extension}`);
    expect(await index()).toMatchObject({ created: 0, moved: 1, missing: 0 });
    expect(await photos()).toEqual(['trip/b.jpg original, trip/b.mov live, trip/b.nef raw']);
    await mkdir(join(root, 'raw'));
    await move('trip/b.nef', 'raw/b.nef');
    expect(await index()).toMatchObject({ created: 0, moved: 1, missing: 0 });
    expect(await photos()).toEqual(['raw/b.nef raw, trip/b.jpg original, trip/b.mov live']);
    expect(await index()).toMatchObject({ created: 0, unchanged: 2, missing: 0 });
  });

  test('a photo is there as long as its picture or its RAW file is', async () => {
    await write('a.jpg', jpeg);
    await write('a.nef', raw);
    await write('a.mov', FILM);
    for (let i = 0; i < 10; i++) await write(`other ${i}.jpg`, Buffer.concat([jpeg, Buffer.from(`${i}`)]));
    await index();
    await rm(join(root, 'a.mov'));
    expect(await index()).toMatchObject({ missing: 0, missingNotMarked: null });
    expect((await photos())[0]).toBe('(a.mov live), a.jpg original, a.nef raw');
    await rm(join(root, 'a.jpg'));
    expect(await index()).toMatchObject({ created: 0, missing: 1 });
    expect((await library.photos.list()).total).toBe(11);
    await rm(join(root, 'a.nef'));
    await index();
    expect((await library.photos.list()).total).toBe(10);
  });

  test('a picture that comes beside an indexed RAW file takes its photo over, with faces and labels', async () => {
    await write('a.nef', raw);
    await index();
    const [before] = (await library.photos.list()).items;
    expect(before).toMatchObject({ mime: 'image/x-nikon-nef', width: RAW_WIDTH, height: RAW_HEIGHT });
    const face = {
      box: { x: 100, y: 80, width: 60, height: 40 },
      landmarks: null,
      score: null,
      quality: null,
      crop: null,
      embedding: null,
      source: 'manual' as const,
      detector: 'hand',
      provenance: {},
    };
    const [faceId] = await library.faces.saveMany([{ photoId: before!.photoId, face }], null);
    const person = await library.people.create({ displayName: 'Ada' });
    await library.labels.confirm({ faceId: faceId!, personId: person.personId, actor: 'test' });

    await write('a.jpg', jpeg);
    const modifiedAt = new Date('2030-01-01T00:00:00Z');
    await utimes(join(root, 'a.jpg'), modifiedAt, modifiedAt);
    expect(await index()).toMatchObject({ created: 0, updated: 1 });
    expect(await photos()).toEqual(['a.jpg original, a.nef raw']);
    const [after] = (await library.photos.list()).items;
    const picture = { mime: 'image/jpeg', ext: 'jpg', width: JPEG_SIZE[0], modifiedAt };
    expect(after).toMatchObject({ photoId: before!.photoId, ...picture });
    expect(await library.faces.get(faceId!)).toMatchObject({
      box: { x: 50, y: 40, width: 30, height: 20 },
      label: { displayName: 'Ada' },
    });
    expect(await index()).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
  });

  test('a RAW file of another moment is a photo of its own', async () => {
    await write('a.nef', raw);
    await write('a.jpg', await jpegTakenAt('2021:08:19 19:00:00'));
    expect(await index()).toMatchObject({ created: 2, seen: 2 });
    expect(await photos()).toEqual(['a.jpg original', 'a.nef original']);
    expect(await index()).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  test('a RAW file beside a damaged picture is a photo, whose picture the mended one becomes', async () => {
    await write('a.jpg', jpeg.subarray(0, jpeg.length / 2));
    await write('a.nef', raw);
    expect(await index()).toMatchObject({ created: 2, damaged: 1 });
    expect(await index()).toMatchObject({ created: 0, unchanged: 1, failedBefore: 1 });
    expect(await photos()).toEqual(['a.jpg original', 'a.nef original']);
    await write('a.jpg', jpeg);
    expect(await index()).toMatchObject({ created: 0, updated: 1, damaged: 0 });
    // What the damaged file alone was is missing.
    expect(await photos()).toEqual(['', 'a.jpg original, a.nef raw']);
    expect((await library.photos.list()).total).toBe(1);
  });

  test('two photos with a history each stay two when their files come to bear one name', async () => {
    await write('a.nef', raw);
    await write('b.jpg', jpeg);
    await index();
    await move('b.jpg', 'a.jpg');
    expect(await index()).toMatchObject({ created: 0, moved: 1, missing: 0 });
    expect(await photos()).toEqual(['a.jpg original', 'a.nef original']);
    expect(await index()).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });
});
