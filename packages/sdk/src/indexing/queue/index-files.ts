import { NothingToReadWithError } from '../../errors/queue-errors.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { FaceAnalyzerLike } from '../../model/face-analyzer.ts';
import type { FileEntry, ScanItem, ScanPhotos } from '../../model/index-photos.ts';
import type { IndexPlan } from '../../model/index-plan.ts';
import type { IndexQueuedPhotosOptions } from '../../model/index-queue.ts';
import { BatchWriter, type FileOutcome } from '../batch-writer.ts';
import { KnownFiles } from '../known-files.ts';
import { wantedFacts } from '../make-index-plan.ts';
import { makePace } from '../make-pace.ts';
import { type IndexCounts, ProgressMeter } from '../progress-meter.ts';
import { type ScanJob, scanInto } from '../scan-into.ts';

export interface FilesToIndex {
  rootId: string;
  /** The root's folder where it was enqueued. */
  root: string;
  /** The root's folder on this machine. */
  folder: string;
  runId: string;
  plan: IndexPlan;
  /** Of the plan's faces; undefined when it wants none. */
  analyzer: FaceAnalyzerLike | undefined;
  /** Paths relative to the root, byte for byte. */
  files: readonly Uint8Array[];
}

/** Indexes the given files of a root as `indexPhotos` would, for a run that is shared with others. Tells whether the signal ended it. */
export async function indexFiles(
  context: LibraryContext,
  { rootId, root, folder, runId, plan, analyzer, files }: FilesToIndex,
  options: IndexQueuedPhotosOptions,
): Promise<{ counts: IndexCounts; stageMillis: Record<string, number>; interrupted: boolean }> {
  const { scanPhotos, scanWithThumbnails = scanPhotos, onFileError, signal } = options;
  const scan = plan.thumbnails ? scanWithThumbnails : scanPhotos;
  const { concurrency, batchSize } = makePace(options);
  const meter = new ProgressMeter(undefined);
  const known = await KnownFiles.load(context, {
    root: folder,
    rootId,
    wanted: wantedFacts(plan),
    // Who enqueued them has decided that they are to be tried.
    retryFailed: true,
    only: files,
  });
  const { heldContents } = known;
  const writer = new BatchWriter({ context, rootId, runId, meter, onFileError, batchSize, heldContents, sharesRun: true });
  const job: ScanJob = {
    context,
    plan,
    root: folder,
    under: new Uint8Array(),
    files,
    scanPhotos: (scanOptions) => scanAll(scan, scanOptions),
    analyzer,
    concurrency,
    movesBetweenRoots: false,
    signal,
  };
  const interrupted = await scanInto(job, known, meter, (outcome) => writer.add(underRoot(root, outcome)));
  await writer.flush();
  return { counts: meter.counts, stageMillis: meter.roundedStages(), interrupted };
}

/** Whoever enqueued a file had what reads it: one that this worker would leave out has failed. */
async function* scanAll(scanPhotos: ScanPhotos, options: Parameters<ScanPhotos>[0]): AsyncGenerator<ScanItem> {
  const leftOut: FileEntry[] = [];
  yield* scanPhotos({ ...options, onLeftOut: (file) => leftOut.push(file) });
  for (const file of leftOut) yield { kind: 'error', file, stage: 'metadata', error: new NothingToReadWithError(file.path) };
}

/** Files are read where this machine has them, and stored where the library knows them. */
function underRoot(root: string, outcome: FileOutcome): FileOutcome {
  if (outcome.kind === 'failed') return { ...outcome, failure: { ...outcome.failure, file: { ...outcome.failure.file, root } } };
  const companions = outcome.companions.map((companion) => ({ ...companion, file: { ...companion.file, root } }));
  if (outcome.kind !== 'photo') return { ...outcome, file: { ...outcome.file, root }, companions };
  const { photo } = outcome.analyzed;
  const file = photo.file ? { ...photo.file, root } : null;
  const failure = outcome.failure && { ...outcome.failure, file: { ...outcome.failure.file, root } };
  return {
    ...outcome,
    file: { ...outcome.file, root },
    analyzed: { ...outcome.analyzed, photo: { ...photo, file } },
    failure,
    companions,
  };
}
