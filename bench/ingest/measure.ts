/** Does one thing with every photo of a folder, and prints how long that took and the most memory it held: `measure.ts CASE FOLDER` */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import {
  createThumbnailCache,
  hashFile,
  readPhotoMetadata,
  renderThumbnail,
  scanPhotos,
  THUMBNAIL_PIXELS,
  walkFiles,
} from '@photoorg/ingest';
import { indexPhotos, openPhotoLibrary, type ScanPhotos } from '@photoorg/sdk';
import { createFaceAnalyzer } from '@photoorg/vision';
import exifr from 'exifr';

export interface Measurement {
  photos: number;
  seconds: number;
  /** Processor time per photo, of all threads; without that of other programs that are asked. */
  cpuMillisPerPhoto: number;
  peakMegabytes: number;
  /** Of a second run over the unchanged folder, where there was one. */
  secondRunSeconds: number | null;
}

const WEBP_QUALITY = 80;

// As the command `photoorg` does.
setFlagsFromString('--semi-space-growth-factor=1');

const [, , name = '', root = ''] = process.argv;
const require = createRequire(new URL('../../packages/ingest/package.json', import.meta.url));
const sharp = require('sharp') as typeof import('sharp').default;
const scratch = await mkdtemp(join(tmpdir(), 'photoorg-measure-'));
const withThumbnails: ScanPhotos = (options) =>
  scanPhotos({ ...options, thumbnails: { cache: createThumbnailCache({ folder: join(scratch, 'thumbnails') }) } });

const cases: Record<string, () => Promise<number>> = {
  'sharp-thumbnails': () =>
    eachFile((file) => {
      const small = sharp(file).autoOrient().resize(THUMBNAIL_PIXELS, THUMBNAIL_PIXELS, { fit: 'inside' });
      return small.webp({ quality: WEBP_QUALITY }).toFile(join(scratch, `${file.replaceAll('/', '_')}.webp`));
    }),
  'exifr-metadata': () => eachFile((file) => exifr.parse(file, { xmp: true, iptc: true })),
  'exiftool-metadata': runExiftool,
  thumbnails: () => eachFile((file) => renderThumbnail(file)),
  hash: () => eachFile((file) => hashFile(file)),
  metadata: () => eachFile((file) => readPhotoMetadata(file)),
  'scan-without-thumbnails': () => countScanned(scanPhotos),
  scan: () => countScanned(withThumbnails),
  rescan: async () => {
    const known = new Set<string>();
    await countScanned(scanPhotos, (file) => known.add(`${file.path} ${file.size} ${file.mtimeNs}`) && true);
    begin();
    return await countScanned(scanPhotos, (file) => known.has(`${file.path} ${file.size} ${file.mtimeNs}`));
  },
  index: () => index(false),
  'index-faces': () => index(true),
};

let start = performance.now();
let startCpu = process.cpuUsage();
let secondRunSeconds: number | null = null;
try {
  const photos = await cases[name]!();
  const seconds = (performance.now() - start) / 1000 - (secondRunSeconds ?? 0);
  const { user, system } = process.cpuUsage(startCpu);
  const result: Measurement = {
    photos,
    seconds,
    cpuMillisPerPhoto: (user + system) / 1000 / photos,
    peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
    secondRunSeconds,
  };
  console.log(JSON.stringify(result));
} finally {
  await rm(scratch, { recursive: true, force: true });
}

function begin(): void {
  start = performance.now();
  startCpu = process.cpuUsage();
}

async function eachFile(work: (file: string) => Promise<unknown>): Promise<number> {
  const files = (await Array.fromAsync(walkFiles({ root }))).map(({ path }) => join(root, path));
  const rest = files.values();
  const worker = async () => {
    for (const file of rest) await work(file);
  };
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, worker));
  return files.length;
}

async function countScanned(scan: ScanPhotos, isUnchanged?: Parameters<ScanPhotos>[0]['isUnchanged']): Promise<number> {
  let photos = 0;
  for await (const item of scan({ root, isUnchanged })) {
    if (item.kind === 'error') throw item.error;
    photos += 1;
  }
  return photos;
}

async function runExiftool(): Promise<number> {
  const script = join(dirname(require.resolve('exiftool-vendored.pl')), 'bin', 'exiftool');
  const { stdout } = await promisify(execFile)('perl', [script, '-r', '-json', '-q', root], { maxBuffer: 1 << 30 });
  return (JSON.parse(stdout) as unknown[]).length;
}

/** Runs twice, the second time over the unchanged folder. */
async function index(faces: boolean): Promise<number> {
  await using library = await openPhotoLibrary({ database: join(scratch, 'library') });
  await using analyzer = faces ? await createFaceAnalyzer() : undefined;
  begin();
  const first = await indexPhotos({ library, root, scanPhotos: withThumbnails, analyzer });
  if (first.failed > 0) throw new Error(`${first.failed} photos failed`);
  const again = await indexPhotos({ library, root, scanPhotos: withThumbnails, analyzer });
  if (again.unchanged !== first.seen) throw new Error(`${first.seen - again.unchanged} photos count as changed`);
  secondRunSeconds = again.elapsedMillis / 1000;
  return first.seen;
}
