/**
 * Fills a folder with small JPEGs, all different, in a process of its own so that its memory does not count:
 * `make-small-photos.ts FOLDER COUNT PHOTOS_PER_FOLDER`
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** About 2 KB each: what counts here is how many there are. */
const [WIDTH, HEIGHT] = [160, 120];

const [, , root = '', countText = '0', perFolderText = '500'] = process.argv;
const [count, perFolder] = [Number(countText), Number(perFolderText)];
const sharp = createRequire(new URL('../../packages/ingest/package.json', import.meta.url))(
  'sharp',
) as typeof import('sharp').default;

const noise = { type: 'gaussian', mean: 128, sigma: 5 } as const;
const photo = await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#567', noise } })
  .withExif({ IFD0: { Make: 'Bench', Model: 'Small' }, IFD2: { DateTimeOriginal: '2020:02:03 04:05:06' } })
  .jpeg()
  .toBuffer();
for (let number = 0; number < count; number++) {
  const folder = join(root, `folder-${Math.floor(number / perFolder)}`);
  if (number % perFolder === 0) await mkdir(folder);
  // One picture, and behind its end a number that makes each file another.
  await writeFile(join(folder, `IMG_${number}.jpg`), Buffer.concat([photo, Buffer.from(String(number))]));
}
