import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { ScanPhotos } from '../model/index-photos.ts';
import type { FolderWatcherLike, WatchPhotosOptions, WatchPhotosResult } from '../model/watch-photos.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';
import { INDEX_OPTIONS, indexPhotos } from './index-photos.ts';

const RESCAN_MILLIS = 60 * 60_000;
/** A timer of more milliseconds than these fires at once. */
const LONGEST_WAIT_MILLIS = 2 ** 31 - 1;

/**
 * Keeps a library up to date with a folder: indexes it once, and again whenever photos appear, change, move or go. Gives the result of
 * each run, the first one too.
 *
 * When files only came or changed, a run looks at these alone: they cost the same in a folder of any size. Everything else is an ordinary
 * `indexPhotos` of the whole root, so moves are told from deletions and vanished files are guarded as ever; what has not changed costs one
 * look at its name and date (100,000 files: some seconds). A file that is still being written is left for a later run.
 *
 * Ends when the signal is aborted, after the result of the run that it interrupted, if there was one. Rejects when a run rejects: also
 * when the root is gone.
 *
 * @example
 * ```ts
 * const stop = new AbortController();
 * process.once('SIGINT', () => stop.abort());
 * for await (const run of watchPhotos({ library, root: '/photos', scanPhotos, watchFolder, signal: stop.signal })) {
 *   console.log(`${run.created} new, ${run.moved} moved, ${run.missing} gone`);
 * }
 * ```
 */
export async function* watchPhotos(options: WatchPhotosOptions): AsyncGenerator<WatchPhotosResult, void, undefined> {
  refuseUnknown<WatchPhotosOptions>(options, WATCH_OPTIONS, 'the options of watchPhotos');
  const { watchFolder, pollMillis, rescanMillis = RESCAN_MILLIS, ...indexOptions } = options;
  for (const [name, millis] of Object.entries({ pollMillis, rescanMillis })) {
    if (millis !== undefined && !(millis > 0 && millis <= LONGEST_WAIT_MILLIS)) {
      throw InvalidInputError.expected(`milliseconds from 1 to ${LONGEST_WAIT_MILLIS}`, name, millis);
    }
  }
  const { root, signal } = indexOptions;
  try {
    // Watching begins before the first run: a photo that arrives while it goes on is not overlooked.
    await using watcher = await watchFolder({ root, pollMillis, signal });
    const runOptions = { ...indexOptions, scanPhotos: leaveUnfinished(options.scanPhotos, watcher) };
    const look = async (files?: readonly Uint8Array[]): Promise<WatchPhotosResult> => ({
      ...(await indexPhotos({ ...runOptions, files })),
      look: files ? 'changes' : 'everything',
    });
    let sawEverythingAt = performance.now();
    let result = await look();
    // It would walk the folder once more, to say how long a run may take that takes no time.
    delete runOptions.countPhotos;
    // What was read again once need not be at every look.
    delete runOptions.reread;
    for (;;) {
      yield result;
      if (result.interrupted) return;
      const files = await nextFiles(watcher, { timeoutMillis: sawEverythingAt + rescanMillis - performance.now(), signal });
      if (!files) sawEverythingAt = performance.now();
      result = await look(files);
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

const { files: _, ...watchedOptions } = INDEX_OPTIONS;
const WATCH_OPTIONS: KnownNames<WatchPhotosOptions> = {
  ...watchedOptions,
  watchFolder: true,
  pollMillis: true,
  rescanMillis: true,
};

/** The files to look at, when it is time to; undefined for everything. */
async function nextFiles(
  watcher: FolderWatcherLike,
  { timeoutMillis, signal }: { timeoutMillis: number; signal: AbortSignal | undefined },
): Promise<readonly Uint8Array[] | undefined> {
  const dueAt = performance.now() + timeoutMillis;
  for (;;) {
    const hasChanged = await watcher.waitForChange({ timeoutMillis: Math.max(0, dueAt - performance.now()), signal });
    const changes = await watcher.takeChanges?.();
    if (!hasChanged || !changes) return undefined;
    // Files that were gone again, and sidecars without a photo, are nothing to look at.
    if (changes.length > 0) return changes;
  }
}

/** A scan that passes over the files that are being written. They are there, so they are not missing; they are just not read. */
function leaveUnfinished(scanPhotos: ScanPhotos, watcher: FolderWatcherLike): ScanPhotos {
  return async function* scanFinished(options) {
    const left = new Set<string>();
    const scan = scanPhotos({
      ...options,
      async isUnchanged(file, companion) {
        // Asked in any case: it takes note that the file is there.
        const isUnchanged = await options.isUnchanged?.(file, companion);
        if (isUnchanged) return isUnchanged;
        if (!watcher.isBeingWritten(file)) return false;
        left.add(keyOf(file.pathBytes));
        return true;
      },
    });
    for await (const item of scan) {
      if (item.kind !== 'unchanged' || !left.delete(keyOf(item.file.pathBytes))) yield item;
    }
  };
}

function keyOf(pathBytes: Uint8Array): string {
  return Buffer.from(pathBytes).toString('latin1');
}
