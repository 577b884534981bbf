/**
 * Photos per second and peak memory of a scan, its stages alone, and sharp and exiftool alone for comparison, on a tree that it makes itself.
 *
 *   node --conditions=@photoorg/source bench/ingest/scan.ts [--photos 2000] [--width 4000]
 *
 * The photos are the sample photos of @vladmandic/face-api, scaled up and each a little different. They stay in a temporary folder only.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import {
  hashFile,
  perceptualHash,
  readPhotoMetadata,
  renderThumbnail,
  type ScanItem,
  scanPhotos,
  THUMBNAIL_PIXELS,
} from '@photoorg/ingest';

const PHOTOS_PER_FOLDER = 100;

const { values } = parseArgs({
  options: { photos: { type: 'string', default: '2000' }, width: { type: 'string', default: '4000' } },
});
const require = createRequire(new URL('../../packages/ingest/package.json', import.meta.url));
const sharp = require('sharp') as typeof import('sharp').default;
const root = await mkdtemp(join(tmpdir(), 'photoorg-bench-'));

try {
  const files = await makePhotos(Number(values.photos), Number(values.width));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
  console.log(`${files.length} JPEGs of ${values.width} pixels, ${megabytes.toFixed(0)} MB, ${availableParallelism()} cores`);

  await report('sharp alone: the same thumbnails', () => inParallel(files, sharpThumbnail));
  await report('thumbnails', () => inParallel(files, (file) => renderThumbnail(file)));
  await report('sha256', () => inParallel(files, (file) => hashFile(file)));
  await report('metadata', () => inParallel(files, (file) => readPhotoMetadata(file)));
  await report('exiftool alone: all tags', runExiftool);
  await report('perceptual hash', () => inParallel(files, (file) => perceptualHash(file)));
  const known = new Set<string>();
  await report('scan (hash, metadata, decode)', async () => {
    for await (const item of scanPhotos({ root })) known.add(identity(item));
  });
  await report('scan again, nothing changed', async () => {
    for await (const item of scanPhotos({
      root,
      isUnchanged: (file) => known.has(`${file.path} ${file.size} ${file.mtimeNs}`),
    })) {
      if (item.kind !== 'unchanged') throw new Error(`${item.file.path} counts as changed`);
    }
  });
  console.log(`peak memory ${(process.resourceUsage().maxRSS / 1000).toFixed(0)} MB`);
} finally {
  await rm(root, { recursive: true, force: true });
}

async function makePhotos(count: number, width: number): Promise<string[]> {
  const samples = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo');
  const sources = (await readdir(samples)).filter((name) => name.endsWith('.jpg')).map((name) => join(samples, name));
  const targets = Array.from({ length: count }, (_, index) =>
    join(root, String(Math.floor(index / PHOTOS_PER_FOLDER)), `IMG_${index}.jpg`),
  );
  for (const folder of new Set(targets.map((target) => dirname(target)))) await mkdir(folder);
  await inParallel([...targets.entries()], async ([index, target]) => {
    const source = sharp(sources[index % sources.length]).keepMetadata();
    await source
      .modulate({ brightness: 0.8 + (0.4 * index) / count })
      .resize(width)
      .jpeg({ quality: 90 })
      .toFile(target);
  });
  return targets;
}

async function sharpThumbnail(file: string): Promise<void> {
  await sharp(file).autoOrient().resize(THUMBNAIL_PIXELS, THUMBNAIL_PIXELS, { fit: 'inside' }).webp({ quality: 80 }).toBuffer();
}

async function runExiftool(): Promise<void> {
  const script = join(dirname(require.resolve('exiftool-vendored.pl')), 'bin', 'exiftool');
  await promisify(execFile)('perl', [script, '-r', '-json', '-q', root], { maxBuffer: 1 << 30 });
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, worker));
}

async function report(name: string, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  console.log(`${name.padEnd(36)}${(Number(values.photos) / seconds).toFixed(1).padStart(9)} photos/s`);
}

function identity(item: ScanItem): string {
  if (item.kind === 'error' || !('size' in item.file)) throw new Error(`${item.file.path} failed`);
  return `${item.file.path} ${item.file.size} ${item.file.mtimeNs}`;
}
