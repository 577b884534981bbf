import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { decodeImage } from '../../packages/vision/src/decode/decode-image.ts';
import type { RgbImage } from '../../packages/vision/src/rgb-image.ts';

const IMAGE_NAME = /\.(jpe?g|png|webp|tiff?|avif)$/i;

/** The six sample photos of npm `@vladmandic/face-api` (1920 pixels, 22 faces), or every image of a folder. */
export async function listPhotos(folder: string | null): Promise<string[]> {
  if (folder === null) {
    const demo = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo');
    return [1, 2, 3, 4, 5, 6].map((number) => join(demo, `sample${number}.jpg`));
  }
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => IMAGE_NAME.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Decodes and scales to the given longer side. */
export async function readScaled(path: string, longerSide: number): Promise<RgbImage> {
  const { data, width, height } = await decodeImage(path);
  const { data: scaled, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: longerSide, height: longerSide, fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: scaled, width: info.width, height: info.height };
}
