import { Buffer } from 'node:buffer';
import { execFile } from 'node:child_process';
import { copyFile, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { HEIC_PHOTO, HEIC_TURNED_BY_EXIF, heicPicture, withClaimedSize, withTurnOrder } from '../../test/support/heic-photos.ts';
import { makeHeic } from '../../test/support/heif-file.ts';
import { jxlCodestream } from '../../test/support/jxl-codestream.ts';
import { encodeJxl, encodeJxlCodestream, JXL_RECOMPRESSED, type JxlVariant } from '../../test/support/jxl-photos.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { decodeBeside } from './decode-beside.ts';
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
      decodeBeside('heic', HEIC_PHOTO, 'x'),
      decodeBeside('heic', { pathBytes: Buffer.from(HEIC_PHOTO) }, 'x'),
      decodeBeside('heic', await readFile(HEIC_PHOTO), 'x'),
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
    const decoding = decodeBeside('heic', HEIC_PHOTO, 'x', { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(decoding).rejects.toThrow('enough');
    await expect(decodeBeside('heic', HEIC_PHOTO, 'x')).resolves.toMatchObject({ width: 640 });
  });
});

/** Average difference of an 8-bit sample that a conversion between profiles may make. */
const SAME_COLOURS = 1;

describe('JPEG XL photos', () => {
  it.each<{ desc: string; variant: JxlVariant }>([
    { desc: '8 bits', variant: {} },
    { desc: '16 bits', variant: { interpretation: 'rgb16' } },
    { desc: 'a profile of their own', variant: { profile: 'p3' } },
    { desc: 'several frames, of which the first is shown', variant: { frames: 3 } },
  ])('are decoded to sRGB from $desc', async ({ variant }) => {
    const picture = await heicPicture();
    const pixels = await decodeBeside('jxl', await encodeJxl(picture, variant), 'x');
    expect(pixels).toMatchObject({ width: 640, height: 384 });
    expect(averageDifference(pixels.data, await rgbOf(sharp(picture)))).toBeLessThan(SAME_COLOURS);
  });

  it.each(['b-w', 'grey16'] as const)('are decoded to three equal channels from %s', async (interpretation) => {
    const picture = await heicPicture();
    const { data } = await decodeBeside('jxl', await encodeJxl(picture, { interpretation }), 'x');
    expect(averageDifference(data, await rgbOf(sharp(await sharp(picture).greyscale().png().toBuffer())))).toBeLessThan(
      SAME_COLOURS,
    );
  });

  it('are laid on white where they are transparent', async () => {
    const picture = await sharp(await heicPicture())
      .ensureAlpha(0.5)
      .png()
      .toBuffer();
    const { data } = await decodeBeside('jxl', await encodeJxl(picture), 'x');
    expect(averageDifference(data, await rgbOf(sharp(picture).flatten({ background: '#fff' })))).toBeLessThan(SAME_COLOURS);
  });

  it('are decoded whatever came before them', async () => {
    const grey = { channels: 3, background: '#888' } as const;
    const [large, good] = await Promise.all([
      encodeJxl(
        await sharp({ create: { width: 4500, height: 3200, ...grey } })
          .png()
          .toBuffer(),
      ),
      encodeJxl(await heicPicture()),
    ]);
    const bad = good.subarray(0, good.length >> 1);
    const files = [
      [good, 640],
      [large, 4500],
      [bad, 0],
      [good, 640],
    ] as const;
    for (const [file, width] of files) {
      const decoding = decodeBeside('jxl', file, 'x');
      if (width === 0) await expect(decoding).rejects.toMatchObject({ code: 'IMAGE_CORRUPT' });
      else expect(await decoding).toMatchObject({ width });
    }
  });

  it('are turned once: packed from a JPEG, EXIF repeats what the codestream orders', async () => {
    const { width, height } = await decodeBeside('jxl', JXL_RECOMPRESSED, 'x');
    expect({ width, height }).toEqual({ width: 384, height: 640 });
    expect(await differenceTo(JXL_RECOMPRESSED, 90)).toBeLessThanOrEqual(SAME_PICTURE);
    const thumbnail = await sharp(await renderThumbnail(JXL_RECOMPRESSED, { size: 320 })).metadata();
    expect(thumbnail).toMatchObject({ width: 192, height: 320, format: 'webp' });
  });

  it.each([
    {
      desc: 'a container that is cut short',
      make: async () => (await readFile(JXL_RECOMPRESSED)).subarray(0, -1),
      code: 'IMAGE_TRUNCATED',
    },
    {
      desc: 'a codestream that is cut short',
      make: async () => (await encodeJxlCodestream(await heicPicture())).subarray(0, -9),
      code: 'IMAGE_CORRUPT',
    },
    { desc: 'nothing behind the header', make: async () => jxlCodestream({ width: 64, height: 64 }), code: 'IMAGE_CORRUPT' },
    {
      desc: 'more pixels than fit into memory',
      make: async () => jxlCodestream({ width: 20_000, height: 20_000 }),
      code: 'IMAGE_TOO_LARGE',
    },
  ])('are refused with $desc', async ({ make, code }) => {
    await expect(perceptualHash(await make())).rejects.toMatchObject({ code });
  });
});

it.each([
  { format: 'HEIC', source: HEIC_PHOTO, width: 640, remedy: 'npm install libheif-js' },
  { format: 'JPEG XL', source: JXL_RECOMPRESSED, width: 384, remedy: 'npm install wasm-vips' },
])('$format photos are photos without a look where their decoder is not installed', async ({ source, width, remedy }) => {
  await using folder = await temporaryFolder();
  await copyFile(source, folder.file(`photo${extname(source)}`));
  const [hide, scan] = ['hide-decoders.ts', 'scan-first-photo.ts'].map((name) =>
    fileURLToPath(new URL(`../../test/support/${name}`, import.meta.url)),
  );
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--conditions=@photoorg/source',
    '--import',
    hide!,
    scan!,
    folder.path,
  ]);
  expect(JSON.parse(stdout)).toEqual({
    kind: 'photo',
    width,
    phash: null,
    thumbhash: null,
    error: { code: 'DECODER_MISSING', message: expect.stringContaining(remedy) },
  });
});

async function rgbOf(picture: Sharp): Promise<Buffer> {
  return await picture.toColourspace('srgb').removeAlpha().raw().toBuffer();
}

function averageDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a).toHaveLength(b.length);
  return a.reduce((sum, sample, index) => sum + Math.abs(sample - (b[index] ?? 0)), 0) / a.length;
}
