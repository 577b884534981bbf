import type { DatabaseSync } from 'node:sqlite';
import type { EmbeddingSpaceToSave, PhotoLibrary } from '@photoorg/sdk';
import { type CopyIssue, type CopyProgress, type SourceTable, type TableCounts, TableTally } from './copy-report.ts';
import type { SourceLayout } from './source/describe-source.ts';
import type { PhotoPlaces } from './source/photo-places.ts';

/** What every step of the copy shares. */
export interface CopyJob {
  source: DatabaseSync;
  layout: SourceLayout;
  library: PhotoLibrary;
  space: EmbeddingSpaceToSave;
  places: PhotoPlaces;
  dryRun: boolean;
  batchSize: number;
  signal: AbortSignal | undefined;
  onProgress: (progress: CopyProgress) => void;
  onIssue: (issue: CopyIssue) => void;
}

/** Counts for a table of the job, announced as started. */
export function startTable(job: CopyJob, table: SourceTable): TableTally {
  const tally = new TableTally(table, job.layout[table]?.rows ?? 0, job.onIssue);
  report(job, tally, 'start');
  return tally;
}

/** Announces how far the table is; stops the copy here when its signal says so. */
export function reportRows(job: CopyJob, tally: TableTally): void {
  report(job, tally, 'rows');
  job.signal?.throwIfAborted();
}

export function endTable(job: CopyJob, tally: TableTally): TableCounts {
  report(job, tally, 'end');
  return tally.counts;
}

function report(job: CopyJob, tally: TableTally, step: CopyProgress['step']): void {
  job.onProgress({ table: tally.counts.table, step, done: tally.done, total: tally.counts.rows });
}
