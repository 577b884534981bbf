import { Buffer } from 'node:buffer';
import { readFile, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { hammingDistance, perceptualHash, type RgbPixels, type ScanPhotosOptions, scanPhotos } from '@photoorg/ingest';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { TAG } from './support/exif-block.ts';
import { HEIC_PHOTO } from './support/heic-photos.ts';
import { makeRaw } from './support/raw-files.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { makeJpeg, makePicture } from './support/test-images.ts';

const SIZE = { width: 640, height: 480 };

async function scanOne(name: string, bytes: Uint8Array, options: Partial<ScanPhotosOptions> = {}) {
  await using folder = await temporaryFolder();
  await writeFile(folder.file(name), bytes);
  const [item] = await Array.fromAsync(scanPhotos({ root: folder.path, ...options }));
  if (item?.kind !== 'photo') throw new Error(`Expected a photo but received ${JSON.stringify(item)}.`);
  return item;
}

/** The first part of a file, of a picture that is no JPEG unless its format says so. */
async function partOf(format: 'jpeg' | 'progressive' | 'png' | 'webp' | 'gif', share: number): Promise<Buffer> {
  const picture = sharp(await makePicture(SIZE.width, SIZE.height));
  const whole = await (format === 'progressive' ? picture.jpeg({ progressive: true }) : picture.toFormat(format)).toBuffer();
  return whole.subarray(0, Math.floor(whole.length * share));
}

describe('a picture that is cut', () => {
  it.each([
    { name: 'a.jpg', make: () => partOf('jpeg', 0.5) },
    { name: 'a.jpg', make: () => partOf('jpeg', 0.1) },
    { name: 'progressive.jpg', make: () => partOf('progressive', 0.5) },
    { name: 'a.png', make: () => partOf('png', 0.5) },
    { name: 'a.webp', make: () => partOf('webp', 0.7) },
    { name: 'a.gif', make: () => partOf('gif', 0.5) },
  ])('is a photo of what is left: $name', async ({ name, make }) => {
    const pixels: RgbPixels[] = [];
    const onPixels: ScanPhotosOptions['onPixels'] = async (item, { data, ...size }) => {
      expect(item.damage).toMatchObject({ code: 'IMAGE_TRUNCATED' });
      pixels.push({ data: new Uint8Array(data), ...size });
    };
    const { photo, damage, unseen } = await scanOne(name, await make(), { onPixels });
    expect({ damage, unseen }).toMatchObject({ damage: { code: 'IMAGE_TRUNCATED' }, unseen: undefined });
    expect(photo).toMatchObject({
      ...SIZE,
      pictureError: 'IMAGE_TRUNCATED',
      phash: expect.any(BigInt),
      thumbhash: expect.any(Uint8Array),
    });
    expect(pixels).toMatchObject([SIZE]);
    const top = await sharp(pixels[0]!.data, { raw: { ...SIZE, channels: 3 } })
      .extract({ left: 0, top: 0, width: SIZE.width, height: 40 })
      .stats();
    expect(top.channels[0]!.stdev).toBeGreaterThan(10);
  });

  it('has its metadata, its turn, and nearly its look where little is missing', async () => {
    const whole = await makeJpeg({ exif: { image: { [TAG.orientation]: { short: 6 } } } }, [640, 480]);
    const { photo } = await scanOne('IMG_20240517_182003.jpg', whole.subarray(0, -2));
    expect(photo).toMatchObject({ width: 480, height: 640, orientation: 6, pictureError: 'IMAGE_TRUNCATED' });
    expect(photo.shot.local).toBe('2024-05-17T18:20:03');
    expect(hammingDistance(photo.phash!, await perceptualHash(whole))).toBe(0);
  });

  it('is decoded as far as it goes in HEIC', async () => {
    const whole = await readFile(HEIC_PHOTO);
    const { photo } = await scanOne('a.heic', whole.subarray(0, Math.floor(whole.length * 0.9)));
    expect(photo).toMatchObject({ width: 640, height: 384, pictureError: 'IMAGE_TRUNCATED' });
    expect(hammingDistance(photo.phash!, await perceptualHash(whole))).toBeLessThan(16);
  });

  it.each([
    { desc: 'ends where its picture begins', make: async () => cutAtScan(await makeJpeg({}, [640, 480])) },
    { desc: 'is AVIF, which no decoder shows in part', make: () => cutAvif() },
  ])('is a photo without a look where it $desc', async ({ make }) => {
    const { photo, unseen } = await scanOne('a.jpg', await make());
    expect(photo).toMatchObject({ ...SIZE, phash: null, thumbhash: null, pictureError: 'IMAGE_TRUNCATED' });
    expect(unseen).toMatchObject({ code: 'IMAGE_TRUNCATED' });
  });

  it('leaves the RAW file beside it a photo of its own', async () => {
    await using folder = await temporaryFolder();
    const jpeg = await makeJpeg();
    await writeFile(folder.file('x.jpg'), jpeg.subarray(0, jpeg.length / 2));
    await writeFile(folder.file('x.nef'), makeRaw('nef', { preview: jpeg, orientation: 1 }));
    const items = await Array.fromAsync(scanPhotos({ root: folder.path }));
    expect(items.map(({ kind, file }) => `${kind} ${extname(file.path)}`)).toEqual(['photo .jpg', 'photo .nef']);
  });
});

function cutAtScan(jpeg: Buffer): Buffer {
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  return jpeg.subarray(0, scan + 14);
}

async function cutAvif(): Promise<Buffer> {
  const whole = await sharp(await makePicture(SIZE.width, SIZE.height))
    .avif({ effort: 0 })
    .toBuffer();
  return whole.subarray(0, -40);
}
