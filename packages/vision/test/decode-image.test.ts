import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeImage } from '../src/index.ts';
import { samplePhoto } from './sample-photos.ts';

const WIDTH = 120;
const HEIGHT = 80;

const small = () => sharp(samplePhoto(1)).resize(WIDTH, HEIGHT);
let folder: string;
let reference: Uint8Array;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photoorg-decode-'));
  reference = await small().removeAlpha().raw().toBuffer();
});
afterAll(() => rm(folder, { recursive: true }));

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

describe('every kind of picture becomes 8-bit RGB', () => {
  test.each([
    { desc: 'PNG', encode: () => small().png(), tolerance: 0 },
    { desc: 'PNG with 16 bits', encode: () => small().toColourspace('rgb16').png(), tolerance: 1 },
    { desc: 'PNG with transparency', encode: () => small().ensureAlpha(0.3).png(), tolerance: 0 },
    { desc: 'interlaced PNG', encode: () => small().png({ progressive: true }), tolerance: 0 },
    { desc: 'PNG with a palette', encode: () => small().png({ palette: true }), tolerance: 4 },
    { desc: 'JPEG', encode: () => small().jpeg({ quality: 95 }), tolerance: 4 },
    { desc: 'progressive JPEG', encode: () => small().jpeg({ quality: 95, progressive: true }), tolerance: 4 },
    { desc: 'CMYK JPEG', encode: () => small().toColourspace('cmyk').jpeg({ quality: 95 }), tolerance: 20 },
    { desc: 'WebP', encode: () => small().webp({ lossless: true }), tolerance: 1 },
    { desc: 'GIF', encode: () => small().gif(), tolerance: 8 },
    { desc: 'TIFF', encode: () => small().tiff({ compression: 'lzw' }), tolerance: 0 },
    { desc: 'AVIF', encode: () => small().avif({ quality: 90 }), tolerance: 6 },
  ])('$desc', async ({ encode, tolerance }) => {
    const { data, width, height } = await decodeImage(await encode().toBuffer());
    expect([width, height, data.length]).toEqual([WIDTH, HEIGHT, WIDTH * HEIGHT * 3]);
    expect(meanDifference(data, reference)).toBeLessThanOrEqual(tolerance);
  });

  test.each([
    { desc: 'grey JPEG', encode: () => small().greyscale().jpeg() },
    { desc: 'grey PNG with 16 bits', encode: () => small().greyscale().toColourspace('grey16').png() },
    { desc: 'PNG of one bit', encode: () => small().threshold().toColourspace('b-w').png() },
  ])('$desc has three equal channels', async ({ encode }) => {
    const { data } = await decodeImage(await encode().toBuffer());
    expect(data).toHaveLength(WIDTH * HEIGHT * 3);
    expect(data.every((value, i) => value === data[i - (i % 3)])).toBe(true);
  });

  test('of an animation the first picture is read', async () => {
    const frame = (background: string) =>
      sharp({ create: { width: 40, height: 30, channels: 3, background } })
        .png()
        .toBuffer();
    const animation = await sharp([await frame('red'), await frame('blue')], { join: { animated: true } })
      .gif()
      .toBuffer();
    const { data, width, height } = await decodeImage(animation);
    expect([width, height]).toEqual([40, 30]);
    expect([...data.subarray(0, 3)]).toEqual([255, 0, 0]);
  });
});

test('colour profiles are ignored, as dlib ignores them', async () => {
  const tagged = await small().withIccProfile('p3').png().toBuffer();
  const stored = await sharp(tagged, { ignoreIcc: true }).raw().toBuffer();
  expect(stored.equals((await decodeImage(tagged)).data)).toBe(true);
});

describe('EXIF orientation', () => {
  // How upright pixels must be stored so that each orientation brings them back.
  test.each([
    { orientation: 1, store: (upright: Sharp) => upright },
    { orientation: 2, store: (upright: Sharp) => upright.flop() },
    { orientation: 3, store: (upright: Sharp) => upright.rotate(180) },
    { orientation: 4, store: (upright: Sharp) => upright.flip() },
    { orientation: 6, store: (upright: Sharp) => upright.rotate(270) },
    { orientation: 8, store: (upright: Sharp) => upright.rotate(90) },
  ])('$orientation is undone', async ({ orientation, store }) => {
    const upright = sharp(await small().png().toBuffer());
    const stored = await store(upright).png().toBuffer();
    const tagged = await sharp(stored).withMetadata({ orientation }).png().toBuffer();
    const { data, width, height } = await decodeImage(tagged);
    expect([width, height]).toEqual([WIDTH, HEIGHT]);
    expect(Buffer.from(data).equals(reference)).toBe(true);
  });
});

describe('the turn of an AVIF', () => {
  const sideways = () =>
    sharp(samplePhoto(1)).resize(WIDTH, HEIGHT).withMetadata({ orientation: 6 }).avif({ quality: 90 }).toBuffer();

  test('that container and EXIF both state is made once', async () => {
    const { width, height } = await decodeImage(await sideways());
    expect([width, height]).toEqual([HEIGHT, WIDTH]);
  });

  test('that EXIF alone states is made too, in the same direction', async () => {
    const both = await sideways();
    const exifOnly = Buffer.from(both);
    exifOnly.write('free', exifOnly.indexOf('irot'), 'latin1'); // a box that decoders skip
    const [turnedByContainer, turnedByExif] = [await decodeImage(both), await decodeImage(exifOnly)];
    expect([turnedByExif.width, turnedByExif.height]).toEqual([HEIGHT, WIDTH]);
    expect(meanDifference(turnedByExif.data, turnedByContainer.data)).toBeLessThan(1);
  });
});

describe('what cannot be decoded is refused with a reason', () => {
  test.each([
    { desc: 'an empty file', make: async () => Buffer.alloc(0), code: 'IMAGE_UNREADABLE' },
    { desc: 'noise', make: async () => randomBytes(5000), code: 'IMAGE_UNREADABLE' },
    {
      desc: 'noise that starts like a JPEG',
      make: async () => Buffer.concat([Buffer.from([255, 216, 255]), randomBytes(500)]),
      code: 'IMAGE_UNREADABLE',
    },
    {
      desc: 'a truncated JPEG',
      make: async () => (await readFile(samplePhoto(1))).subarray(0, 70_000),
      code: 'IMAGE_UNREADABLE',
    },
    { desc: 'a truncated PNG', make: async () => (await small().png().toBuffer()).subarray(0, 9_000), code: 'IMAGE_UNREADABLE' },
    {
      desc: 'an SVG',
      make: async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      code: 'IMAGE_UNREADABLE',
    },
    {
      desc: 'a PNG of 900 megapixels',
      make: async () =>
        sharp({ create: { width: 30_000, height: 30_000, channels: 3, background: 'red' }, limitInputPixels: false })
          .png()
          .toBuffer(),
      code: 'IMAGE_TOO_LARGE',
    },
  ])('$desc: $code', async ({ desc, make, code }) => {
    const bytes = await make();
    await expect(decodeImage(bytes)).rejects.toMatchObject({ code });
    const path = join(folder, `${desc}.jpg`);
    await writeFile(path, bytes);
    await expect(decodeImage(path)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(code === 'IMAGE_UNREADABLE' ? path : 'megapixels'),
    });
  });

  test('a file that is not there is unreadable, with the cause', async () => {
    await expect(decodeImage(join(folder, 'absent.jpg'))).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
      cause: expect.objectContaining({ code: 'ENOENT' }),
    });
  });

  test('the limit of pixels can be lowered', async () => {
    const image = await small().png().toBuffer();
    await expect(decodeImage(image, { maxPixels: WIDTH * HEIGHT })).resolves.toMatchObject({ width: WIDTH });
    await expect(decodeImage(image, { maxPixels: WIDTH * HEIGHT - 1 })).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });
});

describe('decoded pixels', () => {
  test('are passed through unchanged', async () => {
    const image = { data: new Uint8Array(12), width: 2, height: 2 };
    expect(await decodeImage(image)).toBe(image);
  });

  test.each([
    { desc: 'too few bytes', image: { data: new Uint8Array(11), width: 2, height: 2 } },
    { desc: 'a fractional width', image: { data: new Uint8Array(12), width: 2.5, height: 2 } },
    { desc: 'no height', image: { data: new Uint8Array(0), width: 2, height: 0 } },
  ])('with $desc are refused', async ({ image }) => {
    await expect(decodeImage(image)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

test('an aborted signal rejects with its reason', async () => {
  const reason = new Error('changed my mind');
  await expect(decodeImage(samplePhoto(1), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
