/**
 * Measures ingest, its stages alone and together, against exiftool, exifr and sharp alone in one run, and writes the table into docs/benchmarks.md:
 *
 *   node --conditions=@photoorg/source bench/ingest/main.ts [--photos 2000] [--width 4000] [--rounds 3] [--small-photos 20000] [--no-faces]
 *
 * The photos are made by the bench and stay in a temporary folder only. Every figure comes from a process of its own; the cases take turns, so that
 * other work on the machine meets all of them. Those that nothing is compared with run in the first round alone: with 2,000 photos all takes a quarter
 * of an hour. Last comes the memory of a scan of many small photos.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { writeSection } from '../vision/write-section.ts';
import type { Measurement } from './measure.ts';
import type { MemoryOfRun } from './memory.ts';
import { type CaseResult, ingestReport } from './report.ts';

/** Measured in every round, or in the first alone. */
const CASES: Readonly<Record<string, 'every' | 'first'>> = {
  'sharp-thumbnails': 'every',
  scan: 'every',
  thumbnails: 'first',
  'scan-without-thumbnails': 'first',
  hash: 'every',
  metadata: 'every',
  'exifr-metadata': 'every',
  'exiftool-metadata': 'every',
  rescan: 'first',
  index: 'first',
  'index-faces': 'first',
};
const DOCUMENT = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));

const { values } = parseArgs({
  options: {
    photos: { type: 'string', default: '2000' },
    width: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '3' },
    'small-photos': { type: 'string', default: '20000' },
    'no-faces': { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const folder = await mkdtemp(join(tmpdir(), 'photoorg-bench-'));

try {
  const root = join(folder, 'photos');
  await mkdir(root);
  await runScript('make-photos.ts', root, values.photos, values.width);
  const cases = Object.keys(CASES).filter((name) => !(values['no-faces'] && name === 'index-faces'));
  const results = new Map<string, Measurement[]>(cases.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of cases.filter((candidate) => round === 0 || CASES[candidate] === 'every')) {
      const measured = JSON.parse(await runScript('measure.ts', name, root)) as Measurement;
      console.error(
        `round ${round + 1}: ${name} ${(measured.photos / measured.seconds).toFixed(1)} photos/s, ${measured.cpuMillisPerPhoto.toFixed(1)} ms of CPU each`,
      );
      results.get(name)!.push(measured);
    }
  }
  const machine = `${cpus()[0]!.model.trim()}, ${cpus().length} cores, Node ${process.version}`;
  const tree = `${values.photos} JPEGs ${values.width} pixels wide, ${((await sizeOf(root)) / 1e6 / Number(values.photos)).toFixed(1)} MB each`;
  const rows: CaseResult[] = [...results].map(([name, measurements]) => ({ name, measurements }));
  const memory = JSON.parse(await runScript('memory.ts', '--photos', values['small-photos'])) as MemoryOfRun;
  const report = ingestReport(rows, memory, { machine, tree, rounds });
  await writeSection(DOCUMENT, 'ingest', report);
  console.log(report);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function runScript(name: string, ...args: string[]): Promise<string> {
  const script = fileURLToPath(new URL(`./${name}`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args]);
  return stdout.trim().split('\n').at(-1)!;
}

async function sizeOf(root: string): Promise<number> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
