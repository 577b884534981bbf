/**
 * Memory of a scan, or of a first index, as it goes on, over many small photos that it makes itself:
 *
 *   node bench/ingest/memory.ts [--photos 20000] [--per-folder 500] [--thumbnails] [--index] [--database URL] [--growing]
 *
 * Prints a line for every tenth of the photos, and at last all of it as JSON. `--index` saves into a database: the embedded one, or the empty one of
 * `--database`; it then indexes once more, with nothing changed, as every file is known by then. The space for short-lived objects is kept from
 * growing, as the command `photoorg` does, unless with `--growing`. The photos stay in a temporary folder only.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { createThumbnailCache, scanPhotos } from '@photoorg/ingest';
import { indexPhotos, openPhotoLibrary, type ScanPhotos } from '@photoorg/sdk';

export interface MemoryOfRun {
  photos: number;
  /** Resident memory at the beginning and after each tenth of the photos. */
  rssMegabytes: number[];
  peakMegabytes: number;
}

const { values } = parseArgs({
  options: {
    photos: { type: 'string', default: '20000' },
    'per-folder': { type: 'string', default: '500' },
    thumbnails: { type: 'boolean', default: false },
    index: { type: 'boolean', default: false },
    database: { type: 'string' },
    growing: { type: 'boolean', default: false },
  },
});
if (!values.growing) setFlagsFromString('--semi-space-growth-factor=1');

const photos = Number(values.photos);
const measured: MemoryOfRun = { photos, rssMegabytes: [], peakMegabytes: 0 };
const folder = await mkdtemp(join(tmpdir(), 'photoorg-memory-'));
const root = join(folder, 'photos');
const cache = createThumbnailCache({ folder: join(folder, 'thumbnails') });
const scan: ScanPhotos = (options) => scanPhotos({ ...options, ...(values.thumbnails ? { thumbnails: { cache } } : {}) });

try {
  await mkdir(root);
  const maker = fileURLToPath(new URL('./make-small-photos.ts', import.meta.url));
  await promisify(execFile)(process.execPath, [maker, root, values.photos, values['per-folder']]);
  await (values.index || values.database ? indexTwice() : scanOnce());
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function scanOnce(): Promise<void> {
  const report = reporter('scan');
  let seen = 0;
  for await (const item of scan({ root })) {
    if (item.kind !== 'photo') throw new Error(`${item.file.path}: ${item.kind}`);
    report(++seen);
  }
}

async function indexTwice(): Promise<void> {
  const before = performance.now();
  await using library = await openPhotoLibrary({ database: values.database ?? join(folder, 'library') });
  console.log(`library opened in ${((performance.now() - before) / 1000).toFixed(1)} s: ${memory()}`);
  for (const run of ['first index', 'second index']) {
    const report = reporter(run);
    const result = await indexPhotos({ library, root, scanPhotos: scan, onProgress: ({ seen }) => report(seen) });
    if (result.failed > 0 || result.seen !== photos) throw new Error(`${result.seen} photos seen, ${result.failed} failed`);
  }
}

console.log(JSON.stringify(measured));

/** Prints a line whenever another tenth of the photos is done. */
function reporter(run: string): (seen: number) => void {
  const start = performance.now();
  let next = 0;
  return (seen) => {
    if (seen < next) return;
    const rate = (1000 * seen) / (performance.now() - start);
    console.log(`${run}, ${seen} photos, ${rate.toFixed(0)}/s: ${memory()}`);
    measured.rssMegabytes.push(Math.round(process.memoryUsage.rss() / 1e6));
    measured.peakMegabytes = peakMegabytes();
    next = Math.min(photos, (Math.floor((10 * seen) / photos) + 1) * (photos / 10));
    if (seen === photos) next = Number.POSITIVE_INFINITY;
  };
}

function memory(): string {
  const now = Object.entries(process.memoryUsage()).map(([name, bytes]) => `${name} ${Math.round(bytes / 1e6)}`);
  return `${now.join(', ')}, peak ${peakMegabytes()} MB`;
}

function peakMegabytes(): number {
  return Math.round((process.resourceUsage().maxRSS * 1024) / 1e6);
}
