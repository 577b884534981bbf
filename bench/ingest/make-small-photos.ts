/** Fills a folder with small JPEGs, a process of its own so that its memory does not count: `make-small-photos.ts FOLDER COUNT` */
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const PHOTOS_PER_FOLDER = 500;
const [WIDTH, HEIGHT] = [640, 480];

const [, , root = '', countText = '0'] = process.argv;
const count = Number(countText);
const sharp = createRequire(new URL('../../packages/ingest/package.json', import.meta.url))(
  'sharp',
) as typeof import('sharp').default;

const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
const photo = await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#567', noise } })
  .withExif({ IFD0: { Make: 'Bench' }, IFD2: { DateTimeOriginal: '2020:02:03 04:05:06' } })
  .jpeg()
  .toBuffer();
for (let number = 0; number < count; number++) {
  const folder = join(root, String(Math.floor(number / PHOTOS_PER_FOLDER)));
  if (number % PHOTOS_PER_FOLDER === 0) await mkdir(folder);
  // One picture, and behind its end a number that makes each file another.
  await writeFile(join(folder, `${number}.jpg`), Buffer.concat([photo, Buffer.from(String(number))]));
}
