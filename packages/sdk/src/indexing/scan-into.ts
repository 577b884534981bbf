import type { LibraryContext } from '../library/library-context.ts';
import type { FaceAnalyzerLike, RgbPixels } from '../model/face-analyzer.ts';
import type { CompanionFile, FileEntry, PhotoItem, ScanItem, ScanPhotos } from '../model/index-photos.ts';
import type { IndexPlan } from '../model/index-plan.ts';
import { checkScaledRegions } from '../saving/regions/check-scaled-regions.ts';
import { namedRegions } from '../saving/regions/read-regions.ts';
import type { TracedCompanion } from '../saving/save-companions.ts';
import { analyzePhoto } from './analyze-photo.ts';
import type { FileOutcome } from './batch-writer.ts';
import { findMovedFromOtherRoot } from './find-moved-file.ts';
import type { KnownFiles } from './known-files.ts';
import { photoAsScanned } from './photo-as-scanned.ts';
import type { ProgressMeter } from './progress-meter.ts';

/** Files to scan, by a plan, on this machine. */
export interface ScanJob {
  context: LibraryContext;
  plan: IndexPlan;
  /** Absolute folder on this machine. */
  root: string;
  /** The folder below the root that is looked at alone, in bytes; empty for all. */
  under: Uint8Array;
  files: readonly Uint8Array[] | undefined;
  scanPhotos: ScanPhotos;
  /** Of the plan's faces; undefined when it wants none. */
  analyzer: FaceAnalyzerLike | undefined;
  concurrency: number;
  /** Whether files may have come from other roots of the library. */
  movesBetweenRoots: boolean;
  signal: AbortSignal | undefined;
}

/**
 * Feeds every file's outcome to `save`, in the order of the scan, while later files are scanned and searched for faces. Returns whether
 * the signal ended it.
 */
export async function scanInto(
  job: ScanJob,
  known: KnownFiles,
  meter: ProgressMeter,
  save: (outcome: FileOutcome) => Promise<void>,
): Promise<boolean> {
  const { context, plan, root, under, files, analyzer, concurrency, signal } = job;
  const analyze = (item: PhotoItem, pixels?: RgbPixels) =>
    meter.during('faces', () => analyzePhoto(item, { context, plan, known, analyzer, signal, ...(pixels ? { pixels } : {}) }));
  const analyzedByScanner = new WeakMap<FileEntry, FileOutcome>();
  const onPixels = async (item: PhotoItem, pixels: RgbPixels) => {
    const start = performance.now();
    analyzedByScanner.set(item.file, await analyze(item, pixels));
    // The scanner waited, and counts that as its own time.
    meter.addStage('pixels', start - performance.now());
  };
  const follow = async (item: ScanItem): Promise<FileOutcome | null> => {
    if (item.kind === 'known' && item.photo && plan.regions) {
      const photo = await checkScaledRegions(context, { photo: item.photo, faces: null });
      return settle({ ...item, photo }, plan, known, meter);
    }
    if (item.kind !== 'photo') return settle(item, plan, known, meter);
    const outcome = analyzedByScanner.get(item.file) ?? (await analyze(item));
    return { ...outcome, companions: untraced(item) } as FileOutcome;
  };

  const underWay: Promise<FileOutcome | null>[] = [];
  const saveOldest = async () => {
    const outcome = await underWay.shift()!;
    if (outcome) {
      const traced = await traceMove(outcome, known, job.movesBetweenRoots ? context : null);
      await meter.during('save', () => save(traced));
    }
    meter.tick();
  };
  try {
    const scan = job.scanPhotos({
      root,
      exif: plan.exif,
      dateRules: plan.dateRules ?? undefined,
      places: plan.places,
      concurrency,
      ...(files ? { files } : {}),
      ...(under.length > 0 ? { under } : {}),
      isUnchanged: (file, companion) => known.isUnchanged(file, companion),
      isKnownContent: (sha256) => known.isKnownContent(sha256),
      contentOf: (file) => known.contentOf(file),
      onLeftOut(file, kind) {
        known.noteLeftOut(file);
        if (kind) meter.leftOut.add(kind);
      },
      ...(analyzer ? { onPixels } : {}),
      onStage: (stage, millis) => meter.addStage(stage, millis),
      signal,
    });
    for await (const item of scan) {
      noteUndecoded(item, meter);
      const outcome = follow(item);
      // It is awaited in its turn; until then its failure must not count as unhandled.
      outcome.catch(() => {});
      underWay.push(outcome);
      while (underWay.length > concurrency) await saveOldest();
    }
    while (underWay.length > 0) await saveOldest();
    return false;
  } catch (error) {
    if (!signal?.aborted) throw error;
    return true;
  }
}

function noteUndecoded(item: ScanItem, { undecoded }: ProgressMeter): void {
  if ((item.kind !== 'photo' && item.kind !== 'unchanged') || item.unseen?.code !== 'DECODER_MISSING') return;
  const extension = item.file.path.split('.').at(-1) ?? '';
  undecoded.add({ kind: extension.toUpperCase(), remedy: item.unseen.remedy ?? null });
}

/** What becomes of a file that is no new photo; null when there is nothing to save. */
function settle(
  item: Exclude<ScanItem, PhotoItem>,
  plan: IndexPlan,
  known: KnownFiles,
  meter: ProgressMeter,
): FileOutcome | null {
  const { file } = item;
  switch (item.kind) {
    case 'unchanged':
      if (item.companions?.length) return { kind: 'companions', file: item.file, companions: untraced(item) };
      meter.counts[known.failedBefore(item.file) ? 'failedBefore' : 'unchanged']++;
      return null;
    case 'error':
      if ('size' in file && !item.error.retryable) known.noteSpoilt(file);
      else known.noteUnreadable(file.pathBytes);
      return { kind: 'failed', failure: item };
    case 'known':
      return {
        ...item,
        photo: item.photo ? photoAsScanned(item.file, item.photo, plan) : null,
        namedRegions: item.photo && plan.regions ? namedRegions(item.photo) : null,
        movedFromFileId: null,
        samePath: known.hadFileAt(item.file.pathBytes),
        companions: untraced(item),
      };
  }
}

/**
 * Told in the order of the scan, so that of two files that could be the moved one it is always the same.
 *
 * @param elsewhere the library, to look in its other roots, too
 */
async function traceMove(outcome: FileOutcome, known: KnownFiles, elsewhere: LibraryContext | null): Promise<FileOutcome> {
  if (outcome.kind === 'failed') return outcome;
  const trace = async (file: FileEntry, sha256: Uint8Array | null) => {
    const fileId = await (sha256 ? known.claimMovedFile(file, sha256) : known.claimMovedFilm(file));
    if (fileId !== null || elsewhere === null || known.rootId === null || known.hadFileAt(file.pathBytes)) return fileId;
    return await findMovedFromOtherRoot(elsewhere, { rootId: known.rootId, file, sha256 });
  };
  const companions: TracedCompanion[] = [];
  for (const companion of outcome.companions) {
    companions.push({ ...companion, movedFromFileId: await trace(companion.file, companion.sha256) });
  }
  if (outcome.kind === 'companions') return { ...outcome, companions };
  const sha256 = outcome.kind === 'known' ? outcome.sha256 : outcome.analyzed.photo.sha256;
  const movedFromFileId = await trace(outcome.file, sha256);
  if (movedFromFileId !== null || outcome.kind === 'known') return { ...outcome, companions, movedFromFileId };
  return { ...outcome, companions, movedFromFileId: await known.claimEditedFile(outcome.file, outcome.analyzed) };
}

function untraced({ companions = [] }: { companions?: readonly CompanionFile[] }): TracedCompanion[] {
  return companions.map((companion) => ({ ...companion, movedFromFileId: null }));
}
