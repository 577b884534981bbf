import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createThumbnailCache, scanPhotos } from '@photoorg/ingest';
import { CompiledQuery, sql } from 'kysely';
import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { HEIC_PHOTO } from '../../ingest/test/support/heic-photos.ts';
import { SAMPLE_FOLDER } from '../../ingest/test/support/sample-photos.ts';
import { type IndexPhotosOptions, type IngestFileError, indexPhotos, type Photo } from '../src/index.ts';
import { migrations } from '../src/schema/migrations/index.ts';
import { useFaceAnalyzer } from './support/face-analyzer.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';

const sampleFile = (number: number) => join(SAMPLE_FOLDER, `sample${number}.jpg`);

const vision = useFaceAnalyzer();
const given = useLibraryAndFolder();
let path: string;
let whole: Buffer;
let errors: IngestFileError[];

beforeEach(async () => {
  path = join(given.folder, 'group.jpg');
  whole = await readFile(sampleFile(3));
  errors = [];
});

const cut = (share: number) => whole.subarray(0, Math.floor(whole.length * share));

function index(options: Partial<IndexPhotosOptions> = {}) {
  const onFileError = (error: IngestFileError) => errors.push(error);
  return indexPhotos({
    library: given.library,
    root: given.folder,
    scanPhotos,
    analyzer: vision.analyzer,
    onFileError,
    ...options,
  });
}

async function onlyPhoto(): Promise<Photo> {
  const { items, total } = await given.library.photos.list({ includeMissing: true });
  expect(total).toBe(1);
  return items[0]!;
}

describe('a damaged photo', () => {
  test('is in the library with what is left of it, and its error beside it', async () => {
    await writeFile(path, cut(0.9));
    expect(await index()).toMatchObject({ seen: 1, created: 1, damaged: 1, failed: 0 });
    const photo = await onlyPhoto();
    expect(photo).toMatchObject({
      pictureError: 'IMAGE_TRUNCATED',
      phash: expect.any(String),
      facesDetectedAt: expect.any(Date),
    });
    expect(photo.facesCount).toBeGreaterThan(0);
    expect(errors).toMatchObject([{ path: 'group.jpg', stage: 'pixels', code: 'IMAGE_TRUNCATED' }]);
    expect(await given.library.runs.errors({ unresolved: true })).toHaveLength(1);
    const [file] = await Array.fromAsync(given.library.files.iterate());
    expect(file).toMatchObject({ pictureError: 'IMAGE_TRUNCATED' });
    const [run] = await given.library.runs.list();
    expect(run!.counts).toMatchObject({ created: 1, damaged: 1, failed: 0 });
  });

  test('is left alone while it has not changed, and read again when more is wanted of it, or it is asked for', async () => {
    await writeFile(path, cut(0.9));
    await index({ analyzer: undefined });
    expect(await onlyPhoto()).toMatchObject({ facesDetectedAt: null });
    expect(await index({ analyzer: undefined })).toMatchObject({ failedBefore: 1, damaged: 0 });
    expect(await index()).toMatchObject({ updated: 1, damaged: 1 });
    expect((await onlyPhoto()).facesCount).toBeGreaterThan(0);
    expect(await index()).toMatchObject({ failedBefore: 1, updated: 0, unchanged: 0 });
    expect(await index({ retryFailed: true })).toMatchObject({ failedBefore: 0, unchanged: 1, damaged: 1 });
  });

  test.each([
    { desc: 'that tells its moment', strip: false },
    { desc: 'that tells nothing', strip: true },
  ])('becomes whole as the same photo when its copy is complete: of one $desc', async ({ strip }) => {
    if (strip) whole = await sharp(whole).jpeg().toBuffer();
    await writeFile(path, cut(0.4));
    await index();
    const before = await onlyPhoto();
    await writeFile(path, whole);
    expect(await index()).toMatchObject({ created: 0, updated: 1, damaged: 0, missing: 0 });
    const after = await onlyPhoto();
    expect(after).toMatchObject({ photoId: before.photoId, pictureError: null, missing: false });
    expect(after.sha256).not.toBe(before.sha256);
    const { faces } = await vision.analyzer.analyze(whole);
    expect(after.facesCount).toBe(faces.length);
    expect(await given.library.runs.errors({ unresolved: true })).toEqual([]);
    expect(await index()).toMatchObject({ unchanged: 1, failedBefore: 0 });
  });

  test('is a duplicate of no other', async () => {
    for (const sample of [3, 4]) {
      const bytes = await readFile(sampleFile(sample));
      await writeFile(join(given.folder, `${sample}.jpg`), bytes.subarray(0, Math.floor(bytes.length * 0.2)));
    }
    expect(await index({ analyzer: undefined })).toMatchObject({ created: 2, damaged: 2 });
    expect(await given.library.duplicates.find()).toEqual([]);
  });

  test('without a single pixel is a photo all the same; a text with the name of one is none', async () => {
    const scan = whole.indexOf(Buffer.from([0xff, 0xda]));
    await writeFile(path, whole.subarray(0, scan + 14));
    await writeFile(join(given.folder, 'text.jpg'), 'no photo');
    expect(await index()).toMatchObject({ created: 1, damaged: 1, failed: 1 });
    expect(await onlyPhoto()).toMatchObject({ pictureError: 'IMAGE_TRUNCATED', phash: null, facesDetectedAt: null });
    expect(errors.map(({ code, stage }) => `${stage} ${code}`).toSorted()).toEqual([
      'faces IMAGE_TRUNCATED',
      'metadata UNSUPPORTED_FORMAT',
    ]);
    expect(await index()).toMatchObject({ failedBefore: 2 });
  });
});

test('what an earlier version refused, or could not see, is taken by the first run after the migration', async () => {
  const { db } = given.context;
  await writeFile(path, cut(0.9));
  await copyFile(HEIC_PHOTO, join(given.folder, 'phone.heic'));
  await index({ analyzer: undefined });
  // As version 14 left it.
  await sql`DELETE FROM photos WHERE ext = 'jpg'`.execute(db);
  await sql`UPDATE photos SET phash = NULL, thumbhash = NULL`.execute(db);
  expect(await index({ analyzer: undefined })).toMatchObject({ failedBefore: 1, unchanged: 1 });
  const { statements } = migrations.find(({ version }) => version === 16)!;
  for (const statement of statements.filter((text) => text.startsWith('UPDATE'))) {
    await db.executeQuery(CompiledQuery.raw(statement));
  }
  expect(await index({ analyzer: undefined })).toMatchObject({ created: 1, updated: 1, damaged: 1, failedBefore: 0 });
  const { items } = await given.library.photos.list();
  expect(items.map(({ ext, pictureError, phash }) => [ext, pictureError, typeof phash]).toSorted()).toEqual([
    ['heic', null, 'string'],
    ['jpg', 'IMAGE_TRUNCATED', 'string'],
  ]);
});

test('faces of a very large photo are found where they are', { timeout: 180_000 }, async () => {
  const [width, height] = [16_000, 8_000];
  const sample = sharp(whole).resize(width, height, { fit: 'cover' });
  await writeFile(path, await sample.jpeg({ quality: 80 }).toBuffer());
  expect(await index()).toMatchObject({ created: 1, damaged: 0 });
  const photo = await onlyPhoto();
  expect(photo).toMatchObject({ width, height, pictureError: null, phash: expect.any(String) });
  const { faces } = await given.library.photos.getWithFaces(photo.photoId);
  const small = await vision.analyzer.analyze(await sharp(path).resize(2_000).jpeg().toBuffer());
  const middles = (boxes: { x: number; y: number; width: number; height: number }[], scale: number) =>
    boxes.map(({ x, width: side }) => Math.round(((x + side / 2) * scale) / 100)).toSorted((a, b) => a - b);
  expect(faces.length).toBeGreaterThan(0);
  expect(
    middles(
      faces.map(({ box }) => box),
      1,
    ),
  ).toEqual(
    middles(
      small.faces.map(({ box }) => box),
      8,
    ),
  );
});

test('thumbnails are rendered by a later run of photos that were indexed without', async () => {
  await writeFile(path, whole);
  await index({ analyzer: undefined });
  const cache = createThumbnailCache({ folder: join(given.folder, 'cache') });
  const { sha256 } = await onlyPhoto();
  expect(await cache.missing(sha256, [512])).toEqual([512]);
  const withThumbnails: typeof scanPhotos = (options) => scanPhotos({ ...options, thumbnails: { cache } });
  expect(await index({ analyzer: undefined, scanPhotos: withThumbnails })).toMatchObject({ unchanged: 1, updated: 0 });
  expect(await cache.missing(sha256, [512])).toEqual([]);
});
