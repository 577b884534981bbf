/**
 * Memory of a scan as it goes on, over many small photos that it makes itself:
 *
 *   node --conditions=@photoorg/source bench/ingest/memory.ts [--photos 20000] [--thumbnails]
 *
 * Prints a line for every tenth of the photos. The photos stay in a temporary folder only.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { createThumbnailCache, scanPhotos } from '@photoorg/ingest';

const { values } = parseArgs({
  options: { photos: { type: 'string', default: '20000' }, thumbnails: { type: 'boolean', default: false } },
});
const count = Number(values.photos);
const folder = await mkdtemp(join(tmpdir(), 'photoorg-memory-'));

try {
  const root = join(folder, 'photos');
  await mkdir(root);
  const maker = fileURLToPath(new URL('./make-small-photos.ts', import.meta.url));
  await promisify(execFile)(process.execPath, [maker, root, String(count)]);
  const cache = createThumbnailCache({ folder: join(folder, 'thumbnails') });
  let seen = 0;
  const start = performance.now();
  report(seen, start);
  for await (const item of scanPhotos({ root, ...(values.thumbnails ? { thumbnails: { cache } } : {}) })) {
    if (item.kind !== 'photo') throw new Error(`${item.file.path}: ${item.kind}`);
    seen += 1;
    if (seen % Math.max(1, Math.floor(count / 10)) === 0) report(seen, start);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

function report(seen: number, start: number): void {
  const megabytes = Object.entries(process.memoryUsage()).map(([name, bytes]) => `${name} ${Math.round(bytes / 1e6)}`);
  const rate = (1000 * seen) / (performance.now() - start);
  console.log(`${seen} photos, ${rate.toFixed(0)}/s, MB: ${megabytes.join(', ')}`);
}
