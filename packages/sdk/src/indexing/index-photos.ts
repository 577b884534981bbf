import { joinPathBytes } from '../catalog/photos.ts';
import { contextOf } from '../library/library-internals.ts';
import type { IndexPhotosOptions, IndexPhotosResult } from '../model/index-photos.ts';
import { BatchWriter, type FileOutcome } from './batch-writer.ts';
import { completePhotos } from './complete-photos.ts';
import { hashOfRules } from './hash-of-rules.ts';
import { KnownFiles } from './known-files.ts';
import { markMissingFiles } from './mark-missing.ts';
import { ProgressMeter } from './progress-meter.ts';
import { resolveOptions } from './resolve-options.ts';
import { scanInto } from './scan-into.ts';
import { type SettledRoot, settleRoot } from './settle-root.ts';
import { vacuumTables } from './vacuum-tables.ts';

/**
 * Indexes a folder of photos: what is new is read, its faces are found, and all of it is saved; what has not changed is left alone.
 *
 * Run it as often as you like. A file that was moved or copied keeps its photo, faces and labels; one that cannot be read is recorded
 * and never stops the run; an aborted or killed run loses at most the batch it was working on, and the next run goes on from there.
 * The same files and options give the same rows. Files are only read.
 *
 * ```ts
 * const result = await indexPhotos({ library, root: '/photos', scanPhotos, analyzer });
 * console.log(result.created, 'new photos,', result.faces, 'faces,', result.failed, 'failures');
 * ```
 *
 * Resolves with `interrupted: true` when the signal was aborted. Rejects when the root cannot be read, unless it is known and with
 * `acceptMissing` gone for good, or when the database fails; what was saved before stays.
 */
export async function indexPhotos(options: IndexPhotosOptions): Promise<IndexPhotosResult> {
  const given = resolveOptions(options);
  const { library, signal, dryRun } = given;
  const context = contextOf(library);
  const meter = new ProgressMeter(options.onProgress);

  // 1. Where the folder belongs, what is known of it, and how far each photo got.
  const { root, rootId, under, hasOthers } = await settleRoot(context, given.root, given);
  const settings = {
    ...given,
    root,
    under,
    files: given.files?.map((file) => (under.length > 0 ? joinPathBytes(under, file) : file)),
    // Only here: workers may be on other machines than the library's other roots.
    movesBetweenRoots: hasOthers,
  };
  const known = await KnownFiles.load(context, {
    root,
    rootId,
    under,
    wanted: {
      exif: settings.exif,
      faces: settings.analyzer !== undefined,
      crops: settings.thumbnails,
      regions: settings.importRegions,
      rules: hashOfRules(settings.dateRules),
    },
    retryFailed: settings.retryFailed,
    only: settings.files,
  });

  // 2. A run, so that every row can say what made it.
  const run = dryRun ? null : await library.runs.start({ config: describeConfig(settings), versions: options.versions ?? {} });
  const writer =
    run && rootId
      ? new BatchWriter({
          ...settings,
          onFileError: options.onFileError,
          context,
          rootId,
          runId: run.runId,
          meter,
          heldContents: known.heldContents,
        })
      : null;
  const finish = async (status: 'finished' | 'interrupted' | 'failed') => {
    if (run) await library.runs.finish(run.runId, { status, counts: { ...meter.counts }, stageMillis: meter.roundedStages() });
  };
  const counting = new AbortController();
  startCounting(given, meter, counting.signal);

  try {
    // 3. Scan, find faces in what is new, save in batches.
    const stopped = await scanInto(settings, known, meter, async (outcome) => {
      if (writer) await writer.add(outcome);
      else await countOnly(outcome, known, meter);
    }).catch((error: unknown) => {
      if (settings.acceptMissing && isFolderGone(error) && known.vanished().known > 0) return false;
      throw error;
    });
    await writer?.flush();

    // 4. Only a complete look at the root can tell that something is gone.
    const missing =
      stopped || settings.files
        ? { missing: 0, missingNotMarked: null }
        : await markMissingFiles(context, known, {
            acceptMissing: settings.acceptMissing,
            dryRun,
            runId: run?.runId ?? null,
          });

    // 5. What the files do not tell by themselves.
    const { gazetteer } = settings;
    const interrupted = stopped || !(dryRun || (await completePhotos(context, { gazetteer, signal })));

    // 6. Done. The embedded database has nobody else who would clean up and gather statistics.
    const { counts } = meter;
    const changed = counts.created + counts.updated + counts.moved + missing.missing;
    if (library.database.kind === 'embedded' && !dryRun) {
      await vacuumTables(context, { changed, canWait: settings.files !== undefined });
    }
    await finish(interrupted ? 'interrupted' : 'finished');
    meter.finish();
    return { ...meter.snapshot(), runId: run?.runId ?? null, interrupted, ...missing, partOf: under.length > 0 ? root : null };
  } catch (error) {
    // The first failure is the one to report, even when the run cannot be marked any more.
    await finish(signal?.aborted ? 'interrupted' : 'failed').catch(() => {});
    throw error;
  } finally {
    counting.abort();
  }
}

type Settings = ReturnType<typeof resolveOptions> & Pick<SettledRoot, 'under'>;

/** What decides the rows: two runs with the same config over the same files write the same. */
function describeConfig({
  root,
  under,
  exif,
  dateRules,
  places,
  importRegions,
  thumbnails,
  analyzer,
}: Settings): Record<string, unknown> {
  const faces = analyzer && { space: analyzer.space, detector: analyzer.detector, provenance: analyzer.provenance };
  return {
    root,
    ...(under.length > 0 ? { under: Buffer.from(under).toString() } : {}),
    exif,
    dateRules: dateRules ?? null,
    places,
    regions: importRegions,
    thumbnails: analyzer !== undefined && thumbnails,
    faces: faces ?? null,
  };
}

function startCounting(
  { countPhotos, root }: ReturnType<typeof resolveOptions>,
  meter: ProgressMeter,
  signal: AbortSignal,
): void {
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
  if (outcome.kind === 'photo') counts.faces += outcome.analyzed.faces?.length ?? 0;
}
