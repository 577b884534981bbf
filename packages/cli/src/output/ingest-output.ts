import type { IndexPhotosResult, IndexProgress, LeftOutFiles } from '@photoorg/sdk';
import { formatDuration } from './format-duration.ts';
import type { ProgressState } from './reporter.ts';
import { type Column, formatNumber } from './table.ts';

/** The summary of a run. */
export const runColumns: Column<IndexPhotosResult>[] = [
  { title: 'SEEN', value: (result) => result.seen, align: 'right' },
  { title: 'NEW', value: (result) => result.created, align: 'right' },
  { title: 'CHANGED', value: (result) => result.updated, align: 'right' },
  { title: 'MOVED', value: (result) => result.moved, align: 'right' },
  { title: 'UNCHANGED', value: (result) => result.unchanged, align: 'right' },
  { title: 'MISSING', value: (result) => result.missing, align: 'right' },
  { title: 'FAILED', value: (result) => result.failed, align: 'right' },
  { title: 'FAILED BEFORE', value: (result) => result.failedBefore, align: 'right' },
  { title: 'FACES', value: (result) => result.faces, align: 'right' },
  { title: 'TIME', value: (result) => formatDuration(result.elapsedMillis), align: 'right' },
  { title: 'RUN', value: (result) => result.runId },
];

/** What a person should know of a run besides its numbers. */
export function notesOn({
  interrupted,
  failedBefore,
  damaged,
  leftOut,
  undecoded,
  missingNotMarked,
  partOf,
}: IndexPhotosResult): string[] {
  const notes: string[] = [];
  if (partOf !== null) notes.push(`Indexed as a part of ${partOf}, which the library has as a whole.`);
  if (interrupted) notes.push('Stopped. What is done is saved; the same command goes on from here.');
  if (failedBefore > 0) {
    notes.push(
      `Left alone, because they failed before and have not changed: ${formatNumber(failedBefore)} files (--retry-failed).`,
    );
  }
  if (damaged > 0) {
    notes.push(
      `Indexed with what is left of their picture: ${formatNumber(damaged)} damaged or too large photos (photoorg errors).`,
    );
  }
  for (const { kind, files, remedy } of undecoded) {
    notes.push(`Without a picture, for want of a decoder: ${formatNumber(files)} ${kind} photos. ${remedy ?? ''}`);
  }
  notes.push(...describeLeftOut(leftOut));
  if (missingNotMarked) {
    const { vanished, known } = missingNotMarked;
    notes.push(
      `${formatNumber(vanished)} of ${formatNumber(known)} known files are not there and were not marked as missing: is the disk mounted? (--accept-missing)`,
    );
  }
  return notes;
}

/** A line for each command that has files read, and one for those that nothing reads. */
export function describeLeftOut(leftOut: readonly LeftOutFiles[]): string[] {
  return [...Map.groupBy(leftOut, ({ remedy }) => remedy)].map(([remedy, kinds]) => {
    const counts = kinds.map(({ kind, files }) => `${kind} ${formatNumber(files)}`).join(', ');
    return `Left out: ${counts} (${remedy === null ? 'not read by photoorg' : `read by ${remedy}`}).`;
  });
}

/** Short enough for 80 columns with the bar before it. */
export function describeProgress(progress: IndexProgress): ProgressState {
  const { seen, total, filesPerSecond, etaMillis, created, unchanged, faces, failed } = progress;
  const parts = [
    total === null ? `${formatNumber(seen)} files` : `${formatNumber(seen)}/${formatNumber(total)}`,
    `${filesPerSecond.toFixed(1)}/s`,
    etaMillis === null ? null : `ETA ${formatDuration(etaMillis)}`,
    `new ${formatNumber(created)}`,
    `known ${formatNumber(unchanged)}`,
    `faces ${formatNumber(faces)}`,
    `failed ${formatNumber(failed)}`,
  ];
  return { text: parts.filter((part) => part !== null).join('  '), done: seen, total };
}
