import { writeFile } from 'node:fs/promises';
import { hammingDistance, perceptualHash, readUnusualPixels, renderThumbnail, scanPhotos } from '@photoorg/ingest';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { exifBlock, TAG } from './support/exif-block.ts';
import { HEIC_PHOTO } from './support/heic-photos.ts';
import { makeHeicWithThumbnail } from './support/heic-with-thumbnail.ts';
import { makeHeic } from './support/heif-file.ts';
import { SAMPLE_PHOTOS } from './support/sample-photos.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { app1, makeJpeg } from './support/test-images.ts';

/** A phone of 200 megapixels, and panoramas. */
const PHONE = [16_320, 12_240] as const;

/** Growth of this process for a picture of 200 megapixels, of which 50 are handed on; all of them would take 600 MB. */
const MAX_GROWTH_BYTES = 450_000_000;

async function enlarge(width: number, height: number, options: { progressive?: boolean } = {}): Promise<Buffer> {
  return await sharp(SAMPLE_PHOTOS[0])
    .resize(width, height, { fit: 'fill', kernel: 'nearest' })
    .jpeg({ quality: 70, ...options })
    .toBuffer();
}

describe('very large pictures', { timeout: 120_000 }, () => {
  it('are scaled down while they are decoded, within the memory of smaller ones', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('phone.jpg'), await enlarge(...PHONE));
    const before = process.memoryUsage.rss();
    let peak = before;
    const sizes: { width: number; height: number }[] = [];
    const onPixels = async (_: unknown, { width, height }: { width: number; height: number }) => {
      peak = Math.max(peak, process.memoryUsage.rss());
      sizes.push({ width, height });
    };
    const [item] = await Array.fromAsync(scanPhotos({ root: folder.path, onPixels }));
    expect(item).toMatchObject({ kind: 'photo', photo: { width: 16_320, height: 12_240, pictureError: null } });
    expect(sizes).toEqual([{ width: 8_160, height: 6_120 }]);
    expect(peak - before).toBeLessThan(MAX_GROWTH_BYTES);
    const small = await perceptualHash(SAMPLE_PHOTOS[0]!);
    expect(hammingDistance(item?.kind === 'photo' ? item.photo.phash! : 0n, small)).toBeLessThanOrEqual(6);
  });

  it('are turned upright, as panoramas are', async () => {
    const exif = app1(Buffer.concat([Buffer.from('Exif\0\0'), exifBlock({ image: { [TAG.orientation]: { short: 6 } } })]));
    const plain = await enlarge(30_000, 6_000);
    const turned = Buffer.concat([plain.subarray(0, 2), exif, plain.subarray(2)]);
    expect(await sharp(await renderThumbnail(turned, { size: 500 })).metadata()).toMatchObject({ width: 100, height: 500 });
    expect(await readUnusualPixels(turned)).toMatchObject({ width: 3_000, height: 15_000 });
  });

  it('are photos by their thumbnail where all of them would have to be in memory', async () => {
    const thumbnail = await makeJpeg({}, [160, 120]);
    const exif = app1(Buffer.concat([Buffer.from('Exif\0\0'), exifWithThumbnail(thumbnail)]));
    const progressive = await enlarge(13_000, 10_000, { progressive: true });
    await using folder = await temporaryFolder();
    await writeFile(folder.file('with.jpg'), Buffer.concat([progressive.subarray(0, 2), exif, progressive.subarray(2)]));
    await writeFile(folder.file('without.jpg'), progressive);
    const items = await Array.fromAsync(scanPhotos({ root: folder.path, onPixels: async () => expect.unreachable() }));
    const photo = { width: 13_000, height: 10_000, pictureError: 'IMAGE_TOO_LARGE' };
    expect(items).toMatchObject([
      { kind: 'photo', photo: { ...photo, phash: await perceptualHash(thumbnail) }, damage: { code: 'IMAGE_TOO_LARGE' } },
      { kind: 'photo', photo: { ...photo, phash: null }, unseen: { code: 'IMAGE_TOO_LARGE' } },
    ]);
  });

  it('are photos by the thumbnail in their container as HEIC', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('panorama.heic'), await makeHeicWithThumbnail({ width: 20_000, height: 12_000 }));
    const [item] = await Array.fromAsync(scanPhotos({ root: folder.path, onPixels: async () => expect.unreachable() }));
    expect(item).toMatchObject({
      kind: 'photo',
      photo: { width: 20_000, height: 12_000, pictureError: 'IMAGE_TOO_LARGE', phash: await perceptualHash(HEIC_PHOTO) },
    });
  });

  it.each([
    { desc: 'more tiles than decoders take', heic: makeHeic({ width: 20_000, height: 4_000, tiles: 1_500 }) },
    { desc: 'more pixels than fit into memory', heic: makeHeic({ width: 20_000, height: 10_000 }) },
  ])('are photos with the size of their container as HEIC of $desc', async ({ heic }) => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('panorama.heic'), heic);
    const [item] = await Array.fromAsync(scanPhotos({ root: folder.path }));
    expect(item).toMatchObject({
      kind: 'photo',
      photo: { width: 20_000, phash: null },
      unseen: { code: expect.stringMatching(/^IMAGE_/) },
    });
  });
});

/** EXIF with a JPEG behind its directory. */
function exifWithThumbnail(jpeg: Buffer): Buffer {
  const block = (offset: number) => exifBlock({ image: { 513: { long: offset }, 514: { long: jpeg.length } } });
  return Buffer.concat([block(block(0).length), jpeg]);
}
