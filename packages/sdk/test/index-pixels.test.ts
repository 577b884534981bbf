import { Buffer } from 'node:buffer';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { createFaceAnalyzer, type FaceAnalyzer } from '@photoorg/vision';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HEIC_PHOTO, heicPicture } from '../../ingest/test/support/heic-photos.ts';
import { encodeJxl } from '../../ingest/test/support/jxl-photos.ts';
import { makeRaw, RAW_HEIGHT, RAW_WIDTH } from '../../ingest/test/support/raw-files.ts';
import { SAMPLE_FOLDER } from '../../ingest/test/support/sample-photos.ts';
import { type FaceAnalyzerLike, type FaceBox, type IngestFileError, indexPhotos } from '../src/index.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';

const ingestRequire = createRequire(new URL('../../ingest/package.json', import.meta.url));
const sharp = ingestRequire('sharp') as typeof import('sharp').default;

let analyzer: FaceAnalyzer;
const given = useLibraryAndFolder();
/** What the analyzer was given: a path, bytes, or pixels. */
let seen: ('path' | 'bytes' | 'pixels')[];

beforeAll(async () => {
  analyzer = await createFaceAnalyzer({ workers: 1 });
});
afterAll(async () => {
  await analyzer.close();
});
beforeEach(() => {
  seen = [];
});

const watched = (): FaceAnalyzerLike => ({
  ...analyzer,
  analyze(image, options) {
    seen.push(typeof image === 'string' ? 'path' : image instanceof Uint8Array ? 'bytes' : 'pixels');
    return analyzer.analyze(image, options);
  },
});

async function indexOne(): Promise<{ width: number; height: number; boxes: FaceBox[] }> {
  const { library } = given;
  const result = await indexPhotos({ library, root: given.folder, scanPhotos, analyzer: watched() });
  expect(result).toMatchObject({ created: 1, failed: 0 });
  const [run] = await library.runs.list();
  expect(Object.keys(run!.stageMillis).toSorted()).toEqual(['faces', 'hash', 'metadata', 'pixels', 'save', 'walk']);
  expect(run!.stageMillis.faces).toBeGreaterThan(0);
  const [photo] = (await library.photos.list()).items;
  const { width, height, faces } = await library.photos.getWithFaces(photo!.photoId);
  expect(faces.every((face) => face.hasCrop)).toBe(true);
  return { width, height, boxes: faces.map(({ box }) => box) };
}

/** Whether both see the same faces, at places that differ by few pixels. */
function expectSamePlaces(found: FaceBox[], expected: FaceBox[], tolerance: number): void {
  const middles = (boxes: FaceBox[]) =>
    boxes.map(({ x, y, width, height }) => [x + width / 2, y + height / 2] as const).toSorted((a, b) => a[0] - b[0]);
  expect(found).toHaveLength(expected.length);
  for (const [index, [x, y]] of middles(found).entries()) {
    const [expectedX, expectedY] = middles(expected)[index]!;
    expect(Math.hypot(x - expectedX, y - expectedY)).toBeLessThan(tolerance);
  }
}

describe('photos that only the scanner can decode', () => {
  test.each([
    { name: 'group.heic', make: () => readFile(HEIC_PHOTO) },
    { name: 'group.jxl', make: async () => await encodeJxl(await heicPicture()) },
  ])('$name is decoded once, and its faces found in its pixels', async ({ name, make }) => {
    await writeFile(join(given.folder, name), await make());
    const { width, height, boxes } = await indexOne();
    expect({ width, height, seen }).toEqual({ width: 640, height: 384, seen: ['pixels'] });
    const { faces } = await analyzer.analyze(await heicPicture());
    expect(faces.length).toBeGreaterThan(2);
    expectSamePlaces(
      boxes,
      faces.map(({ box }) => box),
      5,
    );
  });

  test('faces of a RAW photo are found in its preview and stored in pixels of the photo', async () => {
    // As a camera held upright writes it: the sensor's rows run from top to bottom of the picture, orientation 6.
    const upright = sharp(join(SAMPLE_FOLDER, 'sample3.jpg')).resize(1000, 1500, { fit: 'cover' });
    const preview = await sharp(await upright.png().toBuffer())
      .rotate(270)
      .jpeg({ quality: 92 })
      .toBuffer();
    await writeFile(join(given.folder, 'group.nef'), makeRaw('nef', { preview, orientation: 6 }));
    const { width, height, boxes } = await indexOne();
    expect({ width, height, seen }).toEqual({ width: RAW_HEIGHT, height: RAW_WIDTH, seen: ['pixels'] });
    const { faces } = await analyzer.analyze(await upright.png().toBuffer());
    expect(faces.length).toBeGreaterThan(0);
    const scale = RAW_HEIGHT / 1000;
    const expected = faces.map(({ box }) => ({
      x: box.x * scale,
      y: box.y * scale,
      width: box.width * scale,
      height: box.height * scale,
    }));
    expectSamePlaces(boxes, expected, 5);
  });

  test('a photo whose picture nobody here can see is a photo, and no analyzer is asked for its faces', async () => {
    await writeFile(join(given.folder, 'a.nef'), makeRaw('nef', { preview: Buffer.from('no picture'), orientation: 1 }));
    const errors: IngestFileError[] = [];
    const index = () =>
      indexPhotos({
        library: given.library,
        root: given.folder,
        scanPhotos,
        analyzer: watched(),
        onFileError: (error) => errors.push(error),
      });
    expect(await index()).toMatchObject({ created: 1, faces: 0 });
    expect(errors).toMatchObject([
      { stage: 'faces', code: 'UNSUPPORTED_FORMAT', message: expect.stringContaining('without a preview') },
    ]);
    expect(seen).toEqual([]);
    expect(await index()).toMatchObject({ created: 0, failedBefore: 1 });
  });
});
