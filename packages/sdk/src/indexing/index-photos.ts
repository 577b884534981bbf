import { resolve } from 'node:path';
import { embedDrawnFaces } from '../catalog/by-hand/embed-drawn-faces.ts';
import { contextOf } from '../library/library-internals.ts';
import type { IndexPhotosOptions, IndexPhotosResult } from '../model/index-photos.ts';
import { joinPathBytes } from '../values/join-path-bytes.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';
import { BatchWriter, type FileOutcome } from './batch-writer.ts';
import { completePhotos } from './complete-photos.ts';
import { KnownFiles } from './known-files.ts';
import { makeIndexPlan, PLAN_OPTIONS, wantedFacts } from './make-index-plan.ts';
import { makePace, PACE_OPTIONS } from './make-pace.ts';
import { markMissingFiles } from './mark-missing.ts';
import { placeToReread } from './place-to-reread.ts';
import { ProgressMeter } from './progress-meter.ts';
import { runConfig } from './run-config.ts';
import { type ScanJob, scanInto } from './scan-into.ts';
import { settleRoot } from './settle-root.ts';
import { vacuumTables } from './vacuum-tables.ts';

/**
 * Indexes a folder of photos: what is new is read, its faces are found, and all of it is saved; what has not changed is left alone.
 *
 * Run it as often as you like. A file that was moved or copied keeps its photo, faces and labels; one that cannot be read is recorded
 * and never stops the run; an aborted or killed run loses at most the batch it was working on, and the next run goes on from there.
 * The same files and options give the same rows. Files are only read.
 *
 * Resolves with `interrupted: true` when the signal was aborted. Rejects when the root cannot be read, unless it is known and with
 * `acceptMissing` gone for good, or when the database fails; what was saved before stays.
 *
 * @example
 * ```ts
 * const result = await indexPhotos({ library, root: '/photos', scanPhotos, analyzer });
 * console.log(result.created, 'new photos,', result.faces, 'faces,', result.failed, 'failures');
 * ```
 */
export async function indexPhotos(options: IndexPhotosOptions): Promise<IndexPhotosResult> {
  refuseUnknown<IndexPhotosOptions>(options, INDEX_OPTIONS, 'the options of indexPhotos');
  const plan = makeIndexPlan(options);
  const pace = makePace(options);
  const { library, analyzer, gazetteer, dryRun = false, signal } = options;
  const context = contextOf(library);
  const meter = new ProgressMeter(options.onProgress);

  // 1. Where the folder belongs, what is known of it, and how far each photo got.
  const settled = await settleRoot(context, resolve(options.root), { dryRun, acceptMissing: plan.acceptMissing });
  const { root, rootId, under } = settled;
  const files = options.files?.map((file) => (under.length > 0 ? joinPathBytes(under, file) : file));
  const known = await KnownFiles.load(context, {
    root,
    rootId,
    under,
    wanted: wantedFacts(plan),
    retryFailed: options.retryFailed ?? false,
    reread: await placeToReread(options.reread ?? false, resolve(options.root), under),
    only: files,
  });

  // 2. A run, so that every row can say what made it.
  const run = dryRun ? null : await library.runs.start({ config: runConfig(plan, settled), versions: options.versions ?? {} });
  const writer =
    run && rootId
      ? new BatchWriter({
          ...pace,
          onFileError: options.onFileError,
          context,
          rootId,
          runId: run.runId,
          meter,
          heldContents: known.heldContents,
        })
      : null;
  const finish = async (status: 'finished' | 'interrupted' | 'failed') => {
    if (run)
      await library.runs.finish(run.runId, {
        status,
        counts: { ...meter.counts },
        stageMillis: meter.roundedStages(),
        leftOut: files || status !== 'finished' ? null : meter.leftOut.list(),
      });
  };
  const counting = new AbortController();
  startCounting(options, resolve(options.root), meter, counting.signal);

  try {
    // 3. Scan, find faces in what is new, save in batches.
    const job: ScanJob = {
      context,
      plan,
      root,
      under,
      files,
      scanPhotos: options.scanPhotos,
      analyzer,
      ...pace,
      // Only here: workers may be on other machines than the library's other roots.
      movesBetweenRoots: settled.hasOthers,
      signal,
    };
    const stopped = await scanInto(job, known, meter, async (outcome) => {
      if (writer) await writer.add(outcome);
      else await countOnly(outcome, known, meter);
    }).catch((error: unknown) => {
      if (plan.acceptMissing && isFolderGone(error) && known.vanished().known > 0) return false;
      throw error;
    });
    await writer?.flush();
    if (!dryRun) await known.writeStates();

    // 4. Only a complete look at the root can tell that something is gone.
    const missing =
      stopped || files
        ? { missing: 0, missingNotMarked: null }
        : await markMissingFiles(context, known, { acceptMissing: plan.acceptMissing, dryRun, runId: run?.runId ?? null });

    // 5. What the files do not tell by themselves.
    if (analyzer && !stopped && !dryRun) await embedDrawnFaces(context, analyzer, signal);
    const named = plan.places ? gazetteer : undefined;
    const interrupted = stopped || !(dryRun || (await completePhotos(context, { gazetteer: named, signal })));

    // 6. Done. The embedded database has nobody else who would clean up and gather statistics.
    const { counts } = meter;
    const changed = counts.created + counts.updated + counts.moved + missing.missing;
    if (library.database.kind === 'embedded' && !dryRun) {
      await vacuumTables(context, { changed, canWait: files !== undefined });
    }
    await finish(interrupted ? 'interrupted' : 'finished');
    meter.finish();
    return {
      ...meter.snapshot(),
      runId: run?.runId ?? null,
      interrupted,
      ...missing,
      leftOut: meter.leftOut.list(),
      undecoded: meter.undecoded.list(),
      partOf: under.length > 0 ? root : null,
    };
  } catch (error) {
    // The first failure is the one to report, even when the run cannot be marked any more.
    await finish(signal?.aborted ? 'interrupted' : 'failed').catch(() => {});
    throw error;
  } finally {
    counting.abort();
  }
}

/** Names of the options of indexPhotos. */
export const INDEX_OPTIONS: KnownNames<IndexPhotosOptions> = {
  ...PLAN_OPTIONS,
  ...PACE_OPTIONS,
  library: true,
  root: true,
  scanPhotos: true,
  files: true,
  analyzer: true,
  countPhotos: true,
  gazetteer: true,
  dryRun: true,
  retryFailed: true,
  reread: true,
  signal: true,
  onProgress: true,
  onFileError: true,
  versions: true,
};

function startCounting({ countPhotos }: IndexPhotosOptions, root: string, meter: ProgressMeter, signal: AbortSignal): void {
  // Without a total there is no ETA, and nothing else is lost.
  countPhotos?.({ root, signal }).then(
    (total) => {
      meter.total = total;
    },
    () => {},
  );
}

function isFolderGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ROOT_NOT_FOUND';
}

/** A dry run's stand-in for saving. */
async function countOnly(outcome: FileOutcome, known: KnownFiles, meter: ProgressMeter): Promise<void> {
  const { counts } = meter;
  if (outcome.kind === 'failed') counts.failed++;
  else if (outcome.kind === 'companions') counts.updated++;
  else if (outcome.movedFromFileId) counts.moved++;
  else if (outcome.kind === 'known') counts[outcome.samePath ? 'unchanged' : 'updated']++;
  else counts[(await known.holdsContent(outcome.analyzed.photo.sha256)) ? 'updated' : 'created']++;
  if (outcome.kind !== 'photo') return;
  counts.faces += outcome.analyzed.faces?.length ?? 0;
  if (outcome.analyzed.photo.pictureError?.startsWith('IMAGE_')) counts.damaged++;
}
