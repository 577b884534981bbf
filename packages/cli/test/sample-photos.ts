import { appendFile, copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const demoFolder = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo');

/** Real group photos that @vladmandic/face-api ships, with EXIF dates and positions. */
export function samplePhoto(number: 1 | 2 | 3 | 4 | 5 | 6): string {
  return join(demoFolder, `sample${number}.jpg`);
}

/** Photos that differ only in a comment after their end: different content, cheap to make. */
export async function makePhotos(folder: string, names: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of names) {
    await copyFile(samplePhoto(4), join(folder, name));
    await appendFile(join(folder, name), `photo ${name}`);
  }
}
