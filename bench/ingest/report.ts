import { table } from '../vision/write-section.ts';
import type { Measurement } from './measure.ts';
import type { MemoryOfRun } from './memory.ts';

export interface CaseResult {
  name: string;
  measurements: Measurement[];
}

const TITLES: Readonly<Record<string, string>> = {
  'sharp-thumbnails': 'sharp alone: 512-pixel WebP thumbnails',
  scan: '**scan: hash, metadata, perceptual hash, placeholder and the same thumbnails**',
  thumbnails: 'thumbnails alone',
  'scan-without-thumbnails': 'scan without thumbnails',
  hash: 'SHA-256 alone',
  metadata: 'metadata alone',
  'exifr-metadata': 'exifr alone: EXIF, XMP, IPTC',
  'exiftool-metadata': 'exiftool alone: all tags, one process',
  rescan: 'scan again, nothing changed',
  index: 'index into the embedded database, without faces',
  'index-faces': 'index into the embedded database, with faces',
};

/** How fast a scan shall be, beside sharp alone making the same thumbnails, and the most memory it shall take. */
const BARS = { share: 0.8, megabytes: 400 };

/** The table of the ingest bench, its two ratios, and the memory of a long scan. */
export function ingestReport(
  results: readonly CaseResult[],
  memory: MemoryOfRun,
  run: { machine: string; tree: string; rounds: number },
): string {
  const lines = results.map(({ name, measurements }) => [
    TITLES[name] ?? name,
    rateOf(measurements).toFixed(1),
    name === 'exiftool-metadata' ? '' : cpuOf(measurements).toFixed(1),
    median(measurements.map(({ peakMegabytes }) => peakMegabytes)).toFixed(0),
    measurements.length,
  ]);
  const of = (name: string) => results.find((result) => result.name === name)!.measurements;
  const share = cpuOf(of('sharp-thumbnails')) / cpuOf(of('scan'));
  const speedups = of('index').map(({ seconds, secondRunSeconds }) => seconds / secondRunSeconds!);
  return `### Ingest

${run.machine}. ${run.tree}, from the page cache; medians of up to ${run.rounds} rounds, in which the cases take turns.

${table(['case', 'photos/s', 'CPU ms a photo', 'peak MB', 'rounds'], lines)}

By CPU time, a scan with all it does runs at **${share.toFixed(2)}** of the speed of sharp alone making the same thumbnails (the bar is ${BARS.share}); the
second that its threads take to start is in that. By the clock it is ${(rateOf(of('scan')) / rateOf(of('sharp-thumbnails'))).toFixed(2)}. A second run of the index without faces, over the
unchanged folder, takes ${median(speedups).toFixed(0)} times less than the first.

A scan of ${memory.photos} small photos held, at its beginning and after each tenth, ${memory.rssMegabytes.join(', ')} MB; **${memory.peakMegabytes} MB** at most
(the bar is ${BARS.megabytes}).`;
}

function rateOf(measurements: readonly Measurement[]): number {
  return median(measurements.map(({ photos, seconds }) => photos / seconds));
}

function cpuOf(measurements: readonly Measurement[]): number {
  return median(measurements.map(({ cpuMillisPerPhoto }) => cpuMillisPerPhoto));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
