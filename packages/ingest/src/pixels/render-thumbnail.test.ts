import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { exifBlock, TAG } from '../../test/support/exif-block.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { makeJpeg, makePicture, pngOfSize } from '../../test/support/test-images.ts';
import { hashFile } from '../files/hash-file.ts';
import { walkFiles } from '../files/walk-files.ts';
import { renderThumbnail } from './render-thumbnail.ts';
import { createThumbnailCache } from './thumbnail-cache.ts';

describe('renderThumbnail', () => {
  it('gives upright WebP that fits the size, without metadata', async () => {
    const photo = await makeJpeg({ exif: { image: { [TAG.orientation]: { short: 6 } } } }, [960, 640]);
    const { format, width, height, exif, xmp, orientation } = await sharp(await renderThumbnail(photo, { size: 300 })).metadata();
    expect({ format, width, height, exif, xmp, orientation }).toEqual({
      format: 'webp',
      width: 200,
      height: 300,
      exif: undefined,
      xmp: undefined,
      orientation: undefined,
    });
  });

  it('does not enlarge', async () => {
    const { width, height } = await sharp(await renderThumbnail(await makePicture(96, 64))).metadata();
    expect({ width, height }).toEqual({ width: 96, height: 64 });
  });

  it.each(['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const)('decodes %s', async (format) => {
    const { width } = await sharp(
      await renderThumbnail(
        await sharp(await makePicture())
          .toFormat(format)
          .toBuffer(),
        { size: 48 },
      ),
    ).metadata();
    expect(width).toBe(48);
  });

  it.each([
    {
      desc: 'a truncated AVIF, of which no decoder shows anything',
      make: async () =>
        (
          await sharp(await makePicture())
            .avif()
            .toBuffer()
        ).subarray(0, -20),
      code: 'IMAGE_TRUNCATED',
    },
    {
      desc: 'SVG under the name of a photo',
      make: async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      code: 'UNSUPPORTED_FORMAT',
    },
  ])('refuses $desc', async ({ make, code }) => {
    await expect(renderThumbnail(await make())).rejects.toMatchObject({
      code: expect.stringMatching(code),
      message: expect.stringMatching(/\.$/),
    });
  });

  it.each([
    { desc: 'a JPEG', make: async () => (await makeJpeg()).subarray(0, -200) },
    { desc: 'a JPEG without its last marker', make: async () => (await makeJpeg()).subarray(0, -2) },
    { desc: 'a PNG', make: () => cut('png', 20) },
    { desc: 'a WebP', make: () => cut('webp', 20) },
    { desc: 'a GIF', make: () => cut('gif', 200) },
    { desc: 'a TIFF whose last strip is missing', make: tiffWithoutItsEnd },
  ])('shows what is left of $desc that was cut', async ({ make }) => {
    const { channels } = await sharp(await renderThumbnail(await make())).stats();
    expect(channels[0]!.stdev).toBeGreaterThan(1);
  });

  it('refuses more pixels than fit into memory, before it decodes any', async () => {
    const huge = pngOfSize(25_001, 20_000);
    await expect(renderThumbnail(huge)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });
});

describe('createThumbnailCache', () => {
  it('renders once and then serves the file, whatever became of the source', async () => {
    await using folder = await temporaryFolder();
    const photo = folder.file('photo.jpg');
    await writeFile(photo, await makeJpeg());
    const sha256 = Buffer.from(await hashFile(photo)).toString('hex');
    const cache = createThumbnailCache({ folder: folder.file('cache') });
    const [first, same] = await Promise.all([cache.get(sha256, photo, 32), cache.get(sha256, photo, 32)]);
    expect(first).toEqual(same);
    await writeFile(photo, 'gone');
    expect(Buffer.from(await cache.get(sha256, photo, 32))).toEqual(Buffer.from(first));
    expect(await readFile(folder.file(`cache/${sha256}-32.webp`))).toEqual(Buffer.from(first));
  });

  it('is for its owner only, leaves no half-written files, and is never scanned', async () => {
    await using folder = await temporaryFolder();
    const cache = createThumbnailCache({ folder: folder.file('cache') });
    const sha256 = 'ab'.repeat(32);
    await cache.get(sha256, await makeJpeg(), 32);
    await expect(cache.get('cd'.repeat(32), Buffer.from('no image'), 32)).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
    expect((await stat(folder.file('cache'))).mode & 0o777).toBe(0o700);
    expect((await stat(folder.file(`cache/${sha256}-32.webp`))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder.file('cache'))).toSorted()).toEqual(['CACHEDIR.TAG', `${sha256}-32.webp`]);
    expect(await Array.fromAsync(walkFiles({ root: folder.path }))).toEqual([]);
  });

  it('takes no name that could lead out of its folder', async () => {
    const cache = createThumbnailCache({ folder: '/nowhere' });
    await expect(cache.get('../../etc/passwd', 'x.jpg', 32)).rejects.toThrow(TypeError);
    await expect(cache.get('ab'.repeat(32), 'x.jpg', 0)).rejects.toThrow(TypeError);
  });
});

/** A picture without its last bytes. */
async function cut(format: 'png' | 'webp' | 'gif', bytes: number): Promise<Buffer> {
  const whole = await sharp(await makePicture())
    .toFormat(format)
    .toBuffer();
  return whole.subarray(0, -bytes);
}

/** A TIFF that was cut, its directory moved in front of the picture as scanners write it. */
async function tiffWithoutItsEnd(): Promise<Buffer> {
  const block = exifBlock({
    byteOrder: 'II',
    image: {
      256: { long: 64 },
      257: { long: 64 },
      258: { short: 8 },
      259: { short: 1 },
      262: { short: 1 },
      273: { long: 4096 },
      277: { short: 1 },
      278: { long: 64 },
      279: { long: 4096 },
    },
  });
  const pixels = Uint8Array.from({ length: 8192 - 100 - block.length }, (_, at) => at % 251);
  return Buffer.concat([block, pixels]);
}
