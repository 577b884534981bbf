import type { EnqueuePhotosOptions, EnqueuePhotosResult } from '@photoorg/sdk';
import { describeLeftOut } from '../output/ingest-output.ts';
import { type Column, formatNumber } from '../output/table.ts';
import type { CommandContext } from '../runtime/command-context.ts';

const columns: Column<EnqueuePhotosResult>[] = [
  { title: 'SEEN', value: (result) => result.seen, align: 'right' },
  { title: 'ENQUEUED', value: (result) => result.enqueued, align: 'right' },
  { title: 'UNCHANGED', value: (result) => result.unchanged, align: 'right' },
  { title: 'FAILED BEFORE', value: (result) => result.failedBefore, align: 'right' },
  { title: 'RUN', value: (result) => result.runId },
];

/** `photoorg ingest --enqueue`: leaves the work to workers. */
export async function enqueue(
  context: CommandContext,
  options: Omit<EnqueuePhotosOptions, 'signal' | 'onProgress'>,
): Promise<void> {
  const { enqueuePhotos } = await import('@photoorg/sdk');
  await context.reporter.startProgress();
  const result = await enqueuePhotos({
    ...options,
    signal: context.signal,
    onProgress: ({ seen, enqueued }) =>
      context.reporter.progress({
        text: `${formatNumber(seen)} files  enqueued ${formatNumber(enqueued)}`,
        done: seen,
        total: null,
      }),
  });
  context.reporter.endProgress();
  for (const note of describeLeftOut(result.leftOut)) context.reporter.note(note);
  await context.print(columns, result, { evenWhenStopped: true });
}
