import { copyFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

/** Six group photos with 22 faces that the npm package `@vladmandic/face-api` ships. */
const samplesFolder = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo');

/** How the names of later takes begin. */
export const laterTake = 'take-';

async function samplePhotos(): Promise<string[]> {
  return (await readdir(samplesFolder)).filter((name) => /^sample\d+\.jpg$/.test(name)).sort();
}

export async function addSamplePhotos(folder: string): Promise<void> {
  for (const name of await samplePhotos()) await copyFile(join(samplesFolder, name), join(folder, name));
}

/** The samples and two more takes of each, smaller and encoded anew: other files, other embeddings, the same people. */
export async function addSamplePhotosInThreeTakes(folder: string): Promise<void> {
  await addSamplePhotos(folder);
  for (const name of await samplePhotos()) {
    const original = sharp(join(samplesFolder, name));
    await original
      .clone()
      .resize(1500)
      .modulate({ brightness: 1.1 })
      .jpeg()
      .toFile(join(folder, `${laterTake}2-${name}`));
    await original
      .clone()
      .resize(1700)
      .modulate({ saturation: 0.8 })
      .jpeg()
      .toFile(join(folder, `${laterTake}3-${name}`));
  }
}

/** `count` small pictures of nobody, each another colour and shape. */
export function plainPhotos(count: number): (folder: string) => Promise<void> {
  return async (folder) => {
    for (let index = 0; index < count; index++) {
      const background = { r: (index * 37) % 256, g: (index * 91) % 256, b: (index * 53) % 256 };
      const size = { width: 120 + (index % 5) * 30, height: 120 + (index % 3) * 40 };
      await sharp({ create: { ...size, channels: 3, background } })
        .jpeg()
        .toFile(join(folder, `plain-${String(index).padStart(4, '0')}.jpg`));
    }
  };
}
