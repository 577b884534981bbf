import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import sharp from 'sharp';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { type DuplicateGroup, indexPhotos, type PhotoLibrary } from '../src/index.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { copySample } from './support/photo-folder.ts';

const given = useLibraryAndFolder();
let library: PhotoLibrary;
let root: string;

beforeAll(() => {
  library = given.library;
});
beforeEach(() => {
  root = given.folder;
});

/** Groups by kind, each as its file names. */
async function found(options?: { kinds?: DuplicateGroup['kind'][] }) {
  await indexPhotos({ library, root, scanPhotos });
  const groups = await library.duplicates.find(options);
  return groups.map(({ kind, photos }) => [
    kind,
    photos.flatMap(({ paths }) => paths.map((path) => path.slice(root.length + 1))),
  ]);
}

async function samples(): Promise<void> {
  for (const number of [2, 3, 4, 5]) await copySample(number, join(root, `sample${number}.jpg`));
}

/** A shot by a camera that states its clock to hundredths, moved by shares of the picture. */
async function shoot(name: string, time: string, [right, down]: [number, number]): Promise<void> {
  const source = sharp(join(root, 'sample3.jpg'));
  const { width, height } = await source.metadata();
  const [seconds, subseconds = '0'] = time.split('.');
  await source
    .extract({
      left: Math.round(width * right),
      top: Math.round(height * down),
      width: Math.floor(width * 0.9),
      height: Math.floor(height * 0.9),
    })
    .withExif({
      IFD0: { Make: 'Sample', Model: 'Burst 1' },
      IFD2: { DateTimeOriginal: `2024:05:01 10:00:${seconds}`, SubSecTimeOriginal: subseconds },
    })
    .jpeg()
    .toFile(join(root, name));
}

test('different photos are no duplicates', async () => {
  await samples();
  expect(await found()).toEqual([]);
});

test('one content in several files is an exact duplicate', async () => {
  await samples();
  await mkdir(join(root, 'backup'));
  await copyFile(join(root, 'sample3.jpg'), join(root, 'backup', 'again.jpg'));
  expect(await found()).toEqual([['exact', ['backup/again.jpg', 'sample3.jpg']]]);
  const [group] = await library.duplicates.find();
  expect(group).toMatchObject({ reason: expect.stringContaining('byte for byte'), photos: [{ distance: 0 }] });
});

test('resized, recompressed and lightly edited copies are near, around the largest', async () => {
  await samples();
  const source = () => sharp(join(root, 'sample4.jpg')).keepMetadata();
  await source().resize(500).jpeg({ quality: 60 }).toFile(join(root, 'small.jpg'));
  await source().jpeg({ quality: 20 }).toFile(join(root, 'coarse.jpg'));
  await source().modulate({ brightness: 1.1 }).webp().toFile(join(root, 'bright.webp'));
  const groups = await found();
  expect(groups).toHaveLength(1);
  const [[kind, names]] = groups as [[string, string[]]];
  expect(kind).toBe('near');
  expect(names.toSorted()).toEqual(['bright.webp', 'coarse.jpg', 'sample4.jpg', 'small.jpg']);
  expect(names.at(-1)).toBe('small.jpg');
  const [group] = await library.duplicates.find({ kinds: ['near'] });
  expect(group!.reason).toMatch(/1 smaller and 2 of the same size/);
  expect(group!.photos.map((photo) => photo.distance)).toEqual([0, ...group!.photos.slice(1).map(() => expect.any(Number))]);
});

test('shots of one camera within seconds are a burst, though nearer than some copies; later ones are not', async () => {
  await samples();
  await shoot('burst-1.jpg', '01.10', [0, 0]);
  await shoot('burst-2.jpg', '01.60', [0.005, 0]);
  await shoot('burst-3.jpg', '03.00', [0.02, 0.01]);
  await shoot('later.jpg', '30.00', [0, 0.005]);
  await sharp(join(root, 'burst-2.jpg')).keepMetadata().resize(300).jpeg().toFile(join(root, 'burst-2-small.jpg'));
  expect(await found({ kinds: ['near'] })).toEqual([['near', ['burst-2.jpg', 'burst-2-small.jpg']]]);
  expect(await found({ kinds: ['burst'] })).toEqual([['burst', ['burst-1.jpg', 'burst-2.jpg', 'burst-3.jpg']]]);
  const [burst] = await library.duplicates.find({ kinds: ['burst'] });
  expect(burst!.reason).toContain('3 shots of one scene by Sample Burst 1 within 1.9 seconds');
});

test('shots that a phone numbers as a burst are no copies, though they show one second and look alike', async () => {
  await samples();
  for (const [index, name] of ['001', '002', '003'].entries())
    await shoot(`20240501_100001_${name}.jpg`, '01', [0.004 * index, 0]);
  expect(await found({ kinds: ['near'] })).toEqual([]);
  const burst = ['001', '002', '003'].map((name) => `20240501_100001_${name}.jpg`);
  expect(await found({ kinds: ['burst'] })).toEqual([['burst', burst]]);
});

test('the edited version that an iPhone keeps beside a picture is a copy of it, cut or recoloured as it may be', async () => {
  await samples();
  await shoot('IMG_1234.JPG', '01', [0, 0]);
  await shoot('IMG_1235.JPG', '40', [0, 0]);
  for (const [name, taken] of [
    ['IMG_E1234.JPG', 'IMG_1234.JPG'],
    ['IMG_E1235.JPG', 'sample2.jpg'],
  ] as const) {
    const half = { left: 100, top: 100, width: 500, height: 600 };
    await sharp(join(root, taken)).keepMetadata().extract(half).negate().jpeg().toFile(join(root, name));
  }
  expect(await found({ kinds: ['near'] })).toEqual([['near', ['IMG_1234.JPG', 'IMG_E1234.JPG']]]);
});

test('files that are gone are nobody’s duplicates', async () => {
  await samples();
  await copyFile(join(root, 'sample3.jpg'), join(root, 'again.jpg'));
  await indexPhotos({ library, root, scanPhotos });
  await given.context.db.updateTable('photo_files').set({ missing_since: new Date() }).where('path', '=', 'again.jpg').execute();
  expect(await library.duplicates.find()).toEqual([]);
});
