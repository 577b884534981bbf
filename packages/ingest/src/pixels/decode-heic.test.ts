import { Buffer } from 'node:buffer';
import { execFile } from 'node:child_process';
import { copyFile, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { HEIC_PHOTO, HEIC_TURNED_BY_EXIF, heicPicture, withClaimedSize, withTurnOrder } from '../../test/support/heic-photos.ts';
import { makeHeic } from '../../test/support/heif-file.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { decodeHeic } from './decode-heic.ts';
import { decodeImage } from './decode-image.ts';
import type { ImageInput } from './open-picture.ts';
import { hammingDistance, perceptualHash } from './perceptual-hash.ts';
import { renderThumbnail } from './render-thumbnail.ts';

/** Bits that lossy compression may turn. */
const SAME_PICTURE = 4;

async function differenceTo(heic: ImageInput, degrees: number): Promise<number> {
  const upright = await sharp(await heicPicture())
    .rotate(degrees)
    .png()
    .toBuffer();
  return hammingDistance(await perceptualHash(heic), await perceptualHash(upright));
}

describe('HEIC photos', () => {
  it('look like the picture they were made from', async () => {
    expect(await differenceTo(HEIC_PHOTO, 0)).toBeLessThanOrEqual(SAME_PICTURE);
    const { width, height, format } = await sharp(await renderThumbnail(HEIC_PHOTO, { size: 320 })).metadata();
    expect({ width, height, format }).toEqual({ width: 320, height: 192, format: 'webp' });
  });

  it('are decoded from a path, the bytes of a path, or bytes', async () => {
    const [fromPath, fromPathBytes, fromBytes] = await Promise.all([
      decodeHeic(HEIC_PHOTO, 'x'),
      decodeHeic({ pathBytes: Buffer.from(HEIC_PHOTO) }, 'x'),
      decodeHeic(await readFile(HEIC_PHOTO), 'x'),
    ]);
    expect(fromPath).toMatchObject({ width: 640, height: 384 });
    expect(fromPath.data).toHaveLength(640 * 384 * 3);
    expect([fromPathBytes, fromBytes]).toEqual([fromPath, fromPath]);
  });

  it.each([
    { desc: 'by their EXIF where nothing else orders a turn', make: () => readFile(HEIC_TURNED_BY_EXIF), degrees: 90 },
    { desc: 'by their container', make: () => withTurnOrder(HEIC_PHOTO, 1), degrees: 270 },
    { desc: 'by their container alone where EXIF says so too', make: () => withTurnOrder(HEIC_TURNED_BY_EXIF, 3), degrees: 90 },
  ])('are turned upright $desc', async ({ make, degrees }) => {
    const bytes = await make();
    const size = await decodeImage(bytes, async ({ pixels }) => pixels && { width: pixels.width, height: pixels.height });
    expect(size).toEqual({ width: 384, height: 640 });
    expect(await differenceTo(bytes, degrees)).toBeLessThanOrEqual(SAME_PICTURE);
  });

  it.each([
    { desc: 'a picture that is none', make: async () => makeHeic({ width: 96, height: 64 }), code: 'IMAGE_TRUNCATED' },
    {
      desc: 'more pixels than fit into memory',
      make: () => withClaimedSize(HEIC_PHOTO, 20_000, 20_000),
      code: 'IMAGE_TOO_LARGE',
    },
  ])('are refused with $desc', async ({ make, code }) => {
    await expect(perceptualHash(await make())).rejects.toMatchObject({ code });
  });

  it('stop being decoded when the signal says so', async () => {
    const controller = new AbortController();
    const decoding = decodeHeic(HEIC_PHOTO, 'x', controller.signal);
    controller.abort(new Error('enough'));
    await expect(decoding).rejects.toThrow('enough');
    await expect(decodeHeic(HEIC_PHOTO, 'x')).resolves.toMatchObject({ width: 640 });
  });

  it('are photos without a look where libheif-js is not installed', async () => {
    await using folder = await temporaryFolder();
    await copyFile(HEIC_PHOTO, folder.file('photo.heic'));
    const [hide, scan] = ['hide-libheif.ts', 'scan-first-photo.ts'].map((name) =>
      fileURLToPath(new URL(`../../test/support/${name}`, import.meta.url)),
    );
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', hide!, scan!, folder.path]);
    expect(JSON.parse(stdout)).toEqual({
      kind: 'photo',
      width: 640,
      phash: null,
      thumbhash: null,
      error: { code: 'UNSUPPORTED_FORMAT', message: expect.stringContaining('npm install libheif-js') },
    });
  });
});
