import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Group photos with EXIF dates and GPS positions, 1280 to 1920 pixels wide, that @vladmandic/face-api ships as its demo. */
export const SAMPLE_FOLDER = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo');
export const SAMPLE_PHOTOS = [2, 3, 4, 5, 6].map((number) => join(SAMPLE_FOLDER, `sample${number}.jpg`));
