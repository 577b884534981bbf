import type { EngineMeasurement } from './measure-engine.ts';
import type { FidelityRow } from './measure-fidelity.ts';
import type { MemoryMeasurement } from './measure-memory.ts';
import type { WorkersMeasurement } from './measure-workers.ts';
import type { Timing } from './timing.ts';
import { table } from './write-section.ts';

export interface SpeedRow extends Partial<EngineMeasurement> {
  name: string;
  threads: number;
  /** Time of a billion float operations in a matrix product, where it was measured. */
  millisPerGigaOperation?: number;
}

/** Multiplications and additions of one pass of dlib's network, in billions. */
const EMBEDDING_GIGA_OPERATIONS = 0.542;

const OURS = 'photoorg';

/** Milliseconds per step and, in brackets, how many times as long as ours (at the same number of threads). */
export function speedReport(rows: readonly SpeedRow[], machine: string): string {
  const steps = ['embedOne', 'embedSixteen', 'detect', 'whole'] as const;
  const cell = (row: SpeedRow, step: (typeof steps)[number]) => {
    const ours = rows.find(({ name, threads }) => name === OURS && threads === row.threads)?.[step];
    return formatTiming(row[step], row.name === OURS ? undefined : ours);
  };
  const lines = rows.map((row) => [
    row.name,
    row.threads,
    ...steps.map((step) => cell(row, step)),
    row.faces ?? '',
    row.peakRssMegabytes?.toFixed(0) ?? '',
  ]);
  const headings = [
    'engine',
    'threads',
    'embed 1 face',
    'embed 16, each',
    'detect at 1280 px',
    'whole photo',
    'faces',
    'peak MB',
  ];
  return `### Face pipeline: speed\n\n${machine}. Median milliseconds of at least five runs; in brackets times ours. Whole photo: the six npm sample photos
(1920 pixels, 22 faces), from file to embeddings. Native dlib: HOG detector, upsampled once.

${table(headings, lines)}${limitSentence(rows)}`;
}

function limitSentence(rows: readonly SpeedRow[]): string {
  const limit = rows.find(({ threads, millisPerGigaOperation }) => threads === 1 && millisPerGigaOperation !== undefined);
  const ours = rows.find(({ name, threads }) => name === OURS && threads === 1);
  if (!limit?.millisPerGigaOperation || !ours?.embedSixteen) return '';
  const millis = limit.millisPerGigaOperation * EMBEDDING_GIGA_OPERATIONS;
  const share = (100 * millis) / ours.embedSixteen.best;
  return `\n\nA matrix product with as many operations as one embedding takes ${millis.toFixed(2)} ms on one core (OpenBLAS): ours runs at ${share.toFixed(0)} % of that.`;
}

export function workersReport(rows: readonly ({ count: number } & WorkersMeasurement)[], memory: MemoryMeasurement): string {
  const [one] = rows;
  const lines = rows.map(({ count, whole, longestPauseMillis, peakRssMegabytes }) => [
    count,
    whole.median.toFixed(1),
    `${(one!.whole.median / whole.median).toFixed(2)}x`,
    longestPauseMillis.toFixed(0),
    peakRssMegabytes.toFixed(0),
  ]);
  const headings = ['workers', 'ms a photo', 'speed-up', 'longest pause of the caller, ms', 'peak MB'];
  return `### Face pipeline: workers\n\n${table(headings, lines)}

Memory of one process with two workers, in MB after each hundred images of 32 sizes: ${memory.rssMegabytes.join(', ')}; growth over the
second half ${memory.growthMegabytesPerHundred.toFixed(1)} MB per hundred.`;
}

export function fidelityReport(rows: readonly FidelityRow[]): string {
  const lines = rows.map(({ what, faces, mean, percentile95, max, shareAbove02, landmarksDifferent }) => [
    what,
    faces,
    mean.toFixed(4),
    percentile95.toFixed(4),
    max.toFixed(4),
    `${(100 * shareAbove02).toFixed(1)} %`,
    landmarksDifferent ?? '',
  ]);
  const headings = ['compared', 'faces', 'mean', '95 %', 'max', 'above 0.2', 'other landmarks'];
  return `### Face pipeline: distance to native dlib\n\nEuclidean distance between our embedding and native dlib's of the same face (same person: below about 0.6).

${table(headings, lines)}`;
}

function formatTiming(timing: Timing | undefined, ours: Timing | undefined): string {
  if (!timing) return '';
  const ratio = ours ? ` (${(timing.median / ours.median).toFixed(1)}x)` : '';
  return timing.median.toFixed(timing.median < 10 ? 2 : 1) + ratio;
}
