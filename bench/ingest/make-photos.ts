/**
 * Fills a folder with real-size JPEGs, in a process of its own so that its memory does not count: `make-photos.ts FOLDER COUNT WIDTH`
 *
 * They are the sample photos of @vladmandic/face-api with their EXIF, scaled up, at two brightnesses; a number behind its end makes each file another.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const PHOTOS_PER_FOLDER = 100;
const BRIGHTNESSES = [0.9, 1.1];
/** What cameras write. */
const JPEG_QUALITY = 92;

const [, , root = '', countText = '0', widthText = '4000'] = process.argv;
const sharp = createRequire(new URL('../../packages/ingest/package.json', import.meta.url))(
  'sharp',
) as typeof import('sharp').default;
const samples = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo');
const names = (await readdir(samples)).filter((name) => name.endsWith('.jpg'));

const pictures: Buffer[] = [];
for (const brightness of BRIGHTNESSES) {
  for (const name of names) {
    const sample = sharp(join(samples, name)).keepMetadata().modulate({ brightness });
    pictures.push(await sample.resize(Number(widthText)).jpeg({ quality: JPEG_QUALITY }).toBuffer());
  }
}
for (let number = 0; number < Number(countText); number++) {
  const folder = join(root, String(Math.floor(number / PHOTOS_PER_FOLDER)));
  if (number % PHOTOS_PER_FOLDER === 0) await mkdir(folder, { recursive: true });
  const picture = pictures[number % pictures.length]!;
  await writeFile(join(folder, `IMG_${number}.jpg`), Buffer.concat([picture, Buffer.from(String(number))]));
}
