import { resolve } from 'node:path';
import { recordIngestErrors } from '../../catalog/ingest-errors.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import { contextOf } from '../../library/library-internals.ts';
import type { ScanItem } from '../../model/index-photos.ts';
import type { EnqueuePhotosOptions, EnqueuePhotosResult } from '../../model/index-queue.ts';
import { type KnownNames, refuseUnknown } from '../../values/refuse-unknown.ts';
import { KnownFiles } from '../known-files.ts';
import { LeftOutTally } from '../left-out-tally.ts';
import { makeIndexPlan, PLAN_OPTIONS, wantedFacts } from '../make-index-plan.ts';
import { markMissingFiles } from '../mark-missing.ts';
import { runConfig } from '../run-config.ts';
import { settleRoot } from '../settle-root.ts';
import { JobQueue } from './job-queue.ts';
import { addToRun, closeQueuedRun, noteLeftOut } from './queued-runs.ts';

/** Files added to the queue at a time: 20,000 take 2 s this way. */
const FILES_PER_INSERT = 1_000;

/**
 * Looks a folder through and leaves what is new or changed in it to workers (`indexQueuedPhotos`), on this machine or others. No file is
 * read. What waits already is not added again; nothing is added for a file that has not changed.
 *
 * The run that it makes is finished by the workers when its last file is done: only then are vanished files marked as missing.
 *
 * Throws QueueNeedsServerError on the embedded database.
 *
 * @example
 * ```ts
 * const { enqueued } = await enqueuePhotos({ library, root: '/photos', scanPhotos, analyzer });
 * console.log(`${enqueued} files wait for a worker`);
 * ```
 */
export async function enqueuePhotos(options: EnqueuePhotosOptions): Promise<EnqueuePhotosResult> {
  refuseUnknown<EnqueuePhotosOptions>(options, ENQUEUE_OPTIONS, 'the options of enqueuePhotos');
  const plan = makeIndexPlan(options);
  const { library, scanPhotos, signal, retryFailed = false } = options;
  const { acceptMissing } = plan;
  const context = contextOf(library);
  await using queue = await JobQueue.open(context, { supervise: false, location: library.database.location });

  // 1. Where the folder belongs, and what is known of it.
  const settled = await settleRoot(context, resolve(options.root), { acceptMissing });
  const { root, rootId, under } = settled;
  const known = await KnownFiles.load(context, { root, rootId, under, wanted: wantedFacts(plan), retryFailed });
  const { runId } = await library.runs.start({ config: runConfig(plan, settled), versions: options.versions ?? {} });
  await queue.prepare(rootId);

  // 2. A look at every file, and a job for each that has changed.
  const result: EnqueuePhotosResult = {
    runId,
    seen: 0,
    enqueued: 0,
    unchanged: 0,
    failedBefore: 0,
    leftOut: [],
    interrupted: false,
  };
  const leftOut = new LeftOutTally();
  let waiting: Uint8Array[] = [];
  const enqueue = async () => {
    const paths = waiting;
    waiting = [];
    result.enqueued += await queue.addFiles(rootId, { runId, faces: plan.faces !== null }, paths);
    // Says that the run is alive.
    await addToRun(context, runId, {});
    options.onProgress?.(result);
  };
  try {
    const scan = scanPhotos({
      root,
      ...(under.length > 0 ? { under } : {}),
      signal,
      onLeftOut(file, kind) {
        known.noteLeftOut(file);
        if (kind) leftOut.add(kind);
      },
      isUnchanged(...asked) {
        const [file, companion] = asked;
        const isUnchanged = known.isUnchanged(...asked);
        if (!isUnchanged) waiting.push(file.pathBytes);
        // As everywhere, photos are counted, and not the RAW files and films that belong to them.
        if (companion && isUnchanged !== 'apart') return true;
        result.seen++;
        if (isUnchanged) result[known.failedBefore(file) ? 'failedBefore' : 'unchanged']++;
        // Reading is for the workers.
        return true;
      },
    });
    try {
      for await (const item of scan) {
        if (item.kind === 'error') await noteUnreadable(context, { rootId, runId }, known, item);
        if (waiting.length >= FILES_PER_INSERT) await enqueue();
      }
    } catch (error) {
      if (!signal?.aborted) throw error;
      result.interrupted = true;
    }
    await enqueue();

    // 3. The last worker ends the run; with nothing to do for any worker, it ends here.
    const { enqueued: queued, unchanged, failedBefore } = result;
    result.leftOut = leftOut.list();
    await addToRun(context, runId, { queued, unchanged, failedBefore });
    await noteLeftOut(context, runId, result.leftOut);
    if (result.interrupted || (await queue.hasOpenFiles(rootId))) {
      await queue.addFinish(rootId, runId);
    } else {
      const { missing } = await markMissingFiles(context, known, { acceptMissing, dryRun: false, runId });
      await closeQueuedRun(context, runId, missing);
    }
    return result;
  } catch (error) {
    // Without a database it stays open until a later run closes it; what went wrong first is what matters.
    await library.runs.finish(runId, { status: 'failed', counts: {} }).catch(() => {});
    throw error;
  }
}

/** What a worker decides for itself, such as its pace or its thumbnails, is none of them: nobody would carry it there. */
const ENQUEUE_OPTIONS: KnownNames<EnqueuePhotosOptions> = {
  ...PLAN_OPTIONS,
  library: true,
  root: true,
  scanPhotos: true,
  analyzer: true,
  retryFailed: true,
  versions: true,
  signal: true,
  onProgress: true,
};

/** A folder that cannot be listed is known to nobody but the one who looked. */
async function noteUnreadable(
  context: LibraryContext,
  { rootId, runId }: { rootId: string; runId: string },
  known: KnownFiles,
  { file, stage, error }: Extract<ScanItem, { kind: 'error' }>,
): Promise<void> {
  known.noteUnreadable(file.pathBytes);
  const { path, pathBytes } = file;
  const { message, code = error.name, retryable = false } = error;
  await recordIngestErrors(context, runId, [
    { rootId, path, pathBytes, size: null, mtimeNs: null, stage, code, message, retryable },
  ]);
}
