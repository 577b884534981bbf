/**
 * Compares what ingest reads with what exiftool reads, per format, over folders of real photos.
 *
 *   node --conditions=@photoorg/source bench/ingest/agreement.ts FOLDER... [--show]
 *
 * "Found and equal" means: of the files where exiftool finds a value, the share where ingest finds the same one. Dates are compared to the second,
 * positions to 0.00001 degrees (1 m). Files that exiftool itself calls damaged are counted apart.
 */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { type PhotoMetadata, readPhotoMetadata } from '@photoorg/ingest';

const EXTENSIONS = ['jpg', 'jpeg', 'png', 'webp', 'heic', 'heif', 'hif', 'avif', 'tif', 'tiff', 'gif'];
const FIELDS = [
  'FileType',
  'DateTimeOriginal',
  'CreateDate',
  'OffsetTimeOriginal',
  'OffsetTime',
  'Orientation',
  'GPSLatitude',
  'GPSLongitude',
  'GPSAltitude',
  'ImageWidth',
  'ImageHeight',
  'Make',
  'Model',
  'Error',
];
const MAX_DEGREES_APART = 1e-5;

type Oracle = { SourceFile: string } & Record<string, string | number | undefined>;
interface Score {
  found: number;
  equal: number;
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { show: { type: 'boolean', default: false } } });
const oracle = await runExiftool(positionals);
const scores = new Map<string, Map<string, Score>>();
let unreadable = 0;

for (const truth of oracle) {
  const format = String(truth.FileType ?? 'unknown');
  let read: PhotoMetadata;
  try {
    read = await readPhotoMetadata(truth.SourceFile);
  } catch (error) {
    unreadable += 1;
    if (values.show)
      console.error(
        `refused ${truth.SourceFile}: ${error instanceof Error ? error.message : error} | exiftool: ${truth.Error ?? 'reads it'}`,
      );
    continue;
  }
  for (const [field, expected, actual] of comparisons(truth, read)) {
    if (expected === null) continue;
    const score = scoreOf(format, field);
    score.found += 1;
    if (expected === actual) score.equal += 1;
    else if (values.show) console.error(`${field} ${truth.SourceFile}: exiftool ${expected}, ingest ${actual}`);
  }
}

const table = [...scores].map(([format, fields]) => ({
  format,
  ...Object.fromEntries([...fields].map(([field, { found, equal }]) => [field, `${equal}/${found}`])),
}));
console.table(table);
console.log(`${oracle.length} files, ${unreadable} refused by ingest`);

function comparisons(truth: Oracle, read: PhotoMetadata): [string, string | null, string | null][] {
  const date = exiftoolDate(truth.DateTimeOriginal) ?? exiftoolDate(truth.CreateDate);
  const orientation =
    typeof truth.Orientation === 'number' && truth.Orientation >= 1 && truth.Orientation <= 8 ? String(truth.Orientation) : null;
  const { GPSLatitude: latitude, GPSLongitude: longitude } = truth;
  const isPlace = typeof latitude === 'number' && typeof longitude === 'number' && (latitude !== 0 || longitude !== 0);
  return [
    ['date', date, read.shot.local?.slice(0, 19) ?? null],
    ['orientation', orientation, String(read.orientation)],
    [
      'gps',
      isPlace ? 'same place' : null,
      isPlace && isSamePlace(latitude, longitude, read) ? 'same place' : `${read.latitude},${read.longitude}`,
    ],
    ['make', typeof truth.Make === 'string' && truth.Make.trim() !== '' ? truth.Make.trim() : null, read.cameraMake],
    ['size', sizeOf(truth), [read.width, read.height].sort((a, b) => a - b).join('x')],
  ];
}

/** `YYYY-MM-DDTHH:mm:ss`; null when exiftool hands through something that is no moment. */
function exiftoolDate(value: string | number | undefined): string | null {
  const match = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}):(\d{2}):(\d{2})/.exec(String(value ?? ''));
  if (match === null) return null;
  const text = `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}`;
  const date = new Date(`${text}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && Number(match[1]) > 0 ? text : null;
}

function isSamePlace(latitude: number, longitude: number, read: PhotoMetadata): boolean {
  if (read.latitude === null || read.longitude === null) return false;
  return Math.abs(read.latitude - latitude) <= MAX_DEGREES_APART && Math.abs(read.longitude - longitude) <= MAX_DEGREES_APART;
}

function sizeOf({ ImageWidth: width, ImageHeight: height }: Oracle): string | null {
  return typeof width === 'number' && typeof height === 'number' ? [width, height].sort((a, b) => a - b).join('x') : null;
}

function scoreOf(format: string, field: string): Score {
  const fields = scores.get(format) ?? new Map<string, Score>();
  scores.set(format, fields);
  const score = fields.get(field) ?? { found: 0, equal: 0 };
  fields.set(field, score);
  return score;
}

async function runExiftool(folders: string[]): Promise<Oracle[]> {
  const require = createRequire(new URL('../../packages/ingest/package.json', import.meta.url));
  const script = join(require.resolve('exiftool-vendored.pl'), '..', 'bin', 'exiftool');
  const args = [
    script,
    '-json',
    '-n',
    '-q',
    '-r',
    ...EXTENSIONS.flatMap((extension) => ['-ext', extension]),
    ...FIELDS.map((field) => `-${field}`),
    ...folders,
  ];
  const { stdout } = await promisify(execFile)('perl', args, { maxBuffer: 1 << 30 }).catch((error: { stdout?: string }) => ({
    stdout: error.stdout ?? '[]',
  }));
  return JSON.parse(stdout) as Oracle[];
}
