/**
 * Scans thousands of damaged photos of every format and tells what became of them.
 *
 *   node --conditions=@photoorg/source bench/ingest/fuzz.ts [--count 6000] [--seed 1] [--format EXTENSION] [--keep FOLDER]
 *
 * The files are damaged copies of one good photo per format, and one in four of a file that was made to lead readers astray (directories that lead to
 * themselves, bombs, huge dimensions, boxes of no size), the same for the same seed. Leaves with 1 when a file breaks a reader down, runs out of
 * time, takes longer than `MAX_FILE_SECONDS`, or when memory grows by more than `MAX_GROWTH_BYTES`. `--format` takes the files of one
 * format alone. `--keep` copies such files, and the slowest, to a folder.
 */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ScanItem, scanPhotos } from '@photoorg/ingest';
import { damageFile } from '../../packages/ingest/test/support/damage-file.ts';
import { makeHostileFiles } from '../../packages/ingest/test/support/hostile-files.ts';
import { JXL_RECOMPRESSED } from '../../packages/ingest/test/support/jxl-photos.ts';
import { makeSampleFiles } from '../../packages/ingest/test/support/sample-files.ts';
import { seededRandom } from '../../packages/sdk/src/values/seeded-random.ts';

const MAX_FILE_SECONDS = 10;
const MAX_GROWTH_BYTES = 1_000_000_000;
const BATCH_FILES = 250;
const HOSTILE_EVERY = 4;
const UNFAIR_CODES = new Set(['METADATA_CRASH', 'METADATA_TIMEOUT', 'IMAGE_TIMEOUT']);

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '6000' },
    seed: { type: 'string', default: '1' },
    format: { type: 'string' },
    keep: { type: 'string' },
  },
});
const count = Number(values.count);
const random = seededRandom(Number(values.seed));
const isWanted = ([extension]: readonly [string, Buffer]) => values.format === undefined || extension === values.format;
const samples = [...Object.entries(await makeSampleFiles()), ['jxl', await readFile(JXL_RECOMPRESSED)] as const].filter(isWanted);
const hostile = Object.entries(await makeHostileFiles())
  .map(([name, bytes]) => [extname(name).slice(1), bytes] as const)
  .filter(isWanted);
const folder = await mkdtemp(join(tmpdir(), 'photoorg-fuzz-'));
const outcomes = new Map<string, Map<string, number>>();
const unfair: string[] = [];
let slowestSeconds = 0;
let slowestFile = '';
let peakRss = 0;
/** What the bombs took that this process made. */
const ownRss = process.memoryUsage.rss();

try {
  for (let done = 0; done < count; done += BATCH_FILES) await scanBatch(done, Math.min(BATCH_FILES, count - done));
} finally {
  await rm(folder, { recursive: true, force: true });
}

for (const [extension, codes] of [...outcomes].toSorted(([a], [b]) => a.localeCompare(b))) {
  console.log(`${extension.padEnd(6)}${[...codes].map(([code, files]) => `${code} ${files}`).join(', ')}`);
}
console.log(
  `${count} files, slowest ${slowestSeconds.toFixed(1)} s (${slowestFile}), peak memory ${Math.round(peakRss / 1e6)} MB, ${Math.round(ownRss / 1e6)} MB of it before the first`,
);
for (const line of unfair) console.error(line);
process.exitCode = unfair.length > 0 || slowestSeconds > MAX_FILE_SECONDS || peakRss - ownRss > MAX_GROWTH_BYTES ? 1 : 0;

async function scanBatch(first: number, files: number): Promise<void> {
  const root = join(folder, String(first));
  await mkdir(root);
  for (let index = first; index < first + files; index++) {
    const [extension, file] = makeFile(index);
    await writeFile(join(root, `${index}.${extension}`), file);
  }
  let scanned = 0;
  let last = performance.now();
  for await (const item of scanPhotos({ root, concurrency: 2 })) {
    const seconds = (performance.now() - last) / 1000;
    if (seconds > slowestSeconds) {
      slowestSeconds = seconds;
      slowestFile = item.file.path;
      await keep(item, root);
    }
    last = performance.now();
    peakRss = Math.max(peakRss, process.memoryUsage.rss());
    scanned += 1;
    await note(item, root);
  }
  if (scanned !== files) unfair.push(`Batch ${first}: ${scanned} of ${files} files were reported.`);
  await rm(root, { recursive: true, force: true });
}

/** A damaged file; each hostile one also once as it was made. */
function makeFile(index: number): [extension: string, file: Buffer] {
  const isHostile = hostile.length > 0 && index % HOSTILE_EVERY === 0;
  const kinds = isHostile ? hostile : samples;
  const turn = isHostile ? index / HOSTILE_EVERY : index;
  const [extension, file] = kinds[turn % kinds.length]!;
  return [extension, isHostile && turn < hostile.length ? file : damageFile(file, random)];
}

async function note(item: ScanItem, root: string): Promise<void> {
  const extension = extname(item.file.path).slice(1);
  const outcome = outcomeOf(item);
  const codes = outcomes.get(extension) ?? new Map<string, number>();
  outcomes.set(extension, codes.set(outcome, (codes.get(outcome) ?? 0) + 1));
  if (!UNFAIR_CODES.has(outcome)) return;
  unfair.push(`${item.file.path}: ${outcome}`);
  await keep(item, root);
}

/** A photo that is not seen, or not in full, says why. */
function outcomeOf(item: ScanItem): string {
  if (item.kind === 'error') return item.error.code;
  return (item.kind === 'photo' && (item.unseen ?? item.damage)?.code) || item.kind;
}

async function keep(item: ScanItem, root: string): Promise<void> {
  if (values.keep === undefined) return;
  await mkdir(values.keep, { recursive: true });
  await copyFile(join(root, item.file.path), join(values.keep, item.file.path));
}
