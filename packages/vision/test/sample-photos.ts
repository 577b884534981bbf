import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json'));

/** Path of one of the six group photos (1..6, 1920 pixels wide, 22 faces in all) that come with @vladmandic/face-api. */
export function samplePhoto(number: 1 | 2 | 3 | 4 | 5 | 6): string {
  return join(folder, 'demo', `sample${number}.jpg`);
}

export const SAMPLE_PHOTOS = ([1, 2, 3, 4, 5, 6] as const).map(samplePhoto);
