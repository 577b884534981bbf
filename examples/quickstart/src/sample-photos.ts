import { cp, mkdir, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Six group photos with capture dates and GPS positions, which the npm package `@vladmandic/face-api` ships. */
const SAMPLE_PHOTO = /^sample\d+\.jpg$/;

/**
 * Copies the sample photos out of the npm package into a folder of their own: beside them lie screenshots that are no photos
 * of anybody. Copies keep their times, so that a second run finds nothing new.
 *
 * @returns the folder
 */
export async function copySamplePhotos(): Promise<string> {
  const source = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo');
  const folder = fileURLToPath(new URL('../../../build/sample-photos', import.meta.url));
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(source)) {
    if (SAMPLE_PHOTO.test(name)) await cp(join(source, name), join(folder, name), { preserveTimestamps: true });
  }
  return folder;
}
