import { recordIngestErrors } from '../../catalog/ingest-errors.ts';
import { WORKER_DIED } from '../../errors/queue-errors.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { FileEntry } from '../../model/index-photos.ts';
import type { IndexQueuedPhotosOptions } from '../../model/index-queue.ts';
import { completePhotos } from '../complete-photos.ts';
import { KnownFiles, type WantedFacts } from '../known-files.ts';
import { markMissingFiles } from '../mark-missing.ts';
import type { JobQueue } from './job-queue.ts';
import { addToRun, closeQueuedRun, openRunsOf } from './queued-runs.ts';

/** Only what is there is asked here; whether each photo is complete was asked when the files were enqueued. */
const NOTHING_WANTED: WantedFacts = { exif: false, faces: false, crops: false, regions: false };

/**
 * Ends the runs of a root whose last file is done: looks once more at what is there, without reading it, marks what has vanished, and
 * records the files whose workers died of them. False when it is too early.
 */
export async function finishRoot(
  context: LibraryContext,
  queue: JobQueue,
  { rootId, root, folder }: { rootId: string; root: string; folder: string },
  { scanPhotos, gazetteer, signal }: IndexQueuedPhotosOptions,
): Promise<boolean> {
  // Asked in this order: the files of a run that is found here are in the queue already, if they are not done.
  const runs = await openRunsOf(context, root);
  if (signal?.aborted || (await queue.hasOpenFiles(rootId))) return false;
  const last = runs.at(-1);
  if (!last) return true;
  const { places, acceptMissing } = last.plan;
  const known = await KnownFiles.load(context, { root: folder, rootId, wanted: NOTHING_WANTED, retryFailed: false });
  const givenUp = new Map((await queue.givenUp(rootId)).map((file) => [keyOf(file.pathBytes), file.runId]));

  const look = scanPhotos({
    root: folder,
    signal,
    onLeftOut: (file) => known.noteLeftOut(file),
    async isUnchanged(...asked) {
      const [file] = asked;
      known.isUnchanged(...asked);
      if (known.failedBefore(file)) known.noteSpoilt(file);
      const runId = givenUp.get(keyOf(file.pathBytes));
      if (runId) await recordDeath(context, { rootId, runId }, file);
      return true;
    },
  });
  for await (const item of look) if (item.kind === 'error') known.noteUnreadable(item.file.pathBytes);

  const { missing } = await markMissingFiles(context, known, { acceptMissing, dryRun: false, runId: last.runId });
  await completePhotos(context, { gazetteer: places ? gazetteer : undefined, signal });
  for (const { runId } of runs) await closeQueuedRun(context, runId, runId === last.runId ? missing : 0);
  await queue.forgetDone(rootId);
  return true;
}

async function recordDeath(
  context: LibraryContext,
  { rootId, runId }: { rootId: string; runId: string },
  { path, pathBytes, size, mtimeNs }: FileEntry,
): Promise<void> {
  const message = 'Every worker that had this file died. It may be what kills them: look at it, then try again with retryFailed.';
  const failure = { rootId, path, pathBytes, size, mtimeNs, stage: 'worker', code: WORKER_DIED, message, retryable: false };
  await recordIngestErrors(context, runId, [failure]);
  await addToRun(context, runId, { failed: 1 });
}

function keyOf(pathBytes: Uint8Array): string {
  return Buffer.from(pathBytes).toString('latin1');
}
