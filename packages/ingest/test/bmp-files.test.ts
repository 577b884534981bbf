import { writeFile } from 'node:fs/promises';
import { type RgbPixels, readUnusualPixels, type ScanPhotosOptions, scanPhotos } from '@photoorg/ingest';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makeBmp, type Rgb, type TestBmp } from './support/bmp-file.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { makePicture } from './support/test-images.ts';

/** Blocks of a few colours that every depth can show. */
const SIZE = { width: 13, height: 7 };
const COLOURS: readonly Rgb[] = [
  [0, 0, 0],
  [255, 255, 255],
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
];
const colourOfBlock = (colours: number) => (x: number, y: number) => COLOURS[((x >> 2) + y) % colours]!;

describe('a bitmap of Windows', () => {
  it.each<{ desc: string; bitmap: Pick<TestBmp, 'bitsPerPixel'> & Partial<TestBmp>; colours?: number }>([
    { desc: '24 bits a pixel', bitmap: { bitsPerPixel: 24 } },
    { desc: 'its upper row first', bitmap: { bitsPerPixel: 24, isTopDown: true } },
    { desc: '32 bits a pixel', bitmap: { bitsPerPixel: 32 } },
    { desc: 'masks of its own', bitmap: { bitsPerPixel: 32, masks: [0xff, 0xff00, 0xff0000] } },
    { desc: '5 bits a colour', bitmap: { bitsPerPixel: 16 } },
    { desc: '6 bits of green', bitmap: { bitsPerPixel: 16, masks: [0xf800, 0x07e0, 0x001f] } },
    { desc: '256 colours', bitmap: { bitsPerPixel: 8 } },
    { desc: '16 colours', bitmap: { bitsPerPixel: 4 } },
    { desc: '2 colours', bitmap: { bitsPerPixel: 1 }, colours: 2 },
    { desc: '256 colours in runs', bitmap: { bitsPerPixel: 8, isPacked: true } },
    { desc: '16 colours in runs', bitmap: { bitsPerPixel: 4, isPacked: true } },
    { desc: 'the header of OS/2', bitmap: { bitsPerPixel: 8, isCore: true } },
  ])('is decoded with $desc', async ({ bitmap, colours = COLOURS.length }) => {
    const colourAt = colourOfBlock(colours);
    const expected = Array.from({ length: SIZE.height }, (_, y) => Array.from({ length: SIZE.width }, (_, x) => colourAt(x, y)));
    const pixels = await readUnusualPixels(makeBmp({ ...SIZE, colourAt, ...bitmap }));
    expect(pixels).toMatchObject(SIZE);
    expect([...pixels!.data]).toEqual(expected.flat(2));
  });

  it('is a photo with all that is made of its pixels', async () => {
    await using folder = await temporaryFolder();
    const { content, png } = await pictureAsBmp();
    await writeFile(folder.file('scan.bmp'), content);
    await writeFile(folder.file('scan.png'), png);
    let seen: RgbPixels | null = null;
    const [bitmap, same] = await scan(folder.path, {
      onPixels: async (_, { width, height }) => {
        seen = { width, height, data: new Uint8Array() };
      },
    });
    expect(bitmap).toMatchObject({
      kind: 'photo',
      photo: { mime: 'image/bmp', ext: 'bmp', width: 96, height: 64, pictureError: null, thumbhash: expect.any(Uint8Array) },
    });
    expect(seen).toMatchObject({ width: 96, height: 64 });
    expect(bitmap!.photo.phash).toBe(same!.photo.phash);
  });

  it('that was cut short shows what is left', async () => {
    await using folder = await temporaryFolder();
    const { content } = await pictureAsBmp();
    await writeFile(folder.file('cut.bmp'), content.subarray(0, Math.round(content.length * 0.7)));
    const [item] = await scan(folder.path);
    expect(item).toMatchObject({ photo: { width: 96, height: 64, pictureError: 'IMAGE_TRUNCATED', phash: expect.any(BigInt) } });
  });

  it.each([
    { desc: 'of more pixels than fit into memory', change: { at: 18, value: 60_000 }, code: 'IMAGE_TOO_LARGE' },
    { desc: 'compressed as printers take it', change: { at: 30, value: 4 }, code: 'UNSUPPORTED_FORMAT' },
  ])('$desc is a photo without a picture', async ({ change, code }) => {
    await using folder = await temporaryFolder();
    const { content } = await pictureAsBmp();
    content.writeUInt32LE(change.value, change.at);
    if (code === 'IMAGE_TOO_LARGE') content.writeUInt32LE(60_000, 22);
    await writeFile(folder.file('x.bmp'), content);
    expect((await scan(folder.path))[0]).toMatchObject({ photo: { phash: null }, unseen: { code } });
  });

  it('that is none is an error', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('x.bmp'), 'BMW is a maker of cars');
    const items = await Array.fromAsync(scanPhotos({ root: folder.path }));
    expect(items).toMatchObject([{ kind: 'error', error: { code: 'UNSUPPORTED_FORMAT' } }]);
  });
});

async function scan(root: string, options: Partial<ScanPhotosOptions> = {}) {
  const items = await Array.fromAsync(scanPhotos({ root, ...options }));
  return items.map((item) => {
    if (item.kind !== 'photo') throw new Error(`Expected a photo but received ${JSON.stringify(item)}.`);
    return item;
  });
}

async function pictureAsBmp() {
  const png = await makePicture();
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const colourAt = (x: number, y: number) =>
    [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)] as unknown as Rgb;
  return { png, content: makeBmp({ width: info.width, height: info.height, colourAt, bitsPerPixel: 24 }) };
}
