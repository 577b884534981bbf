import type { FileEntry, IndexPhotosOptions, IndexPhotosResult } from './index-photos.ts';

/**
 * What tells that a folder has changed; `watchFolder` of @photoorg/ingest gives one.
 *
 * @example
 * ```ts
 * import { setTimeout as sleep } from 'node:timers/promises';
 *
 * const hourly: WatchFolder = async () => ({
 *   waitForChange: async ({ signal }) => await sleep(3_600_000, true, { signal }),
 *   isBeingWritten: () => false,
 *   async [Symbol.asyncDispose]() {},
 * });
 * for await (const run of watchPhotos({ library, root: '/photos', scanPhotos, watchFolder: hourly })) console.log(run.created);
 * ```
 */
export interface FolderWatcherLike extends AsyncDisposable {
  /** Waits until something has changed and been quiet for a moment, or until the time is over; tells which. Rejects with the signal's reason. */
  waitForChange(options: { timeoutMillis: number; signal?: AbortSignal }): Promise<boolean>;
  /**
   * The files to scan for what changed since this was last asked: paths relative to the root, byte for byte. null when only a look at the whole folder
   * can tell what happened. Without it, the whole folder is looked through each time.
   */
  takeChanges?(): Promise<readonly Uint8Array[] | null>;
  /** Whether something is still writing the file. If so, `waitForChange` and `takeChanges` must come back to it. */
  isBeingWritten(file: FileEntry): boolean;
}

export type WatchFolder = (options: { root: string; pollMillis?: number; signal?: AbortSignal }) => Promise<FolderWatcherLike>;

export interface WatchPhotosOptions extends Omit<IndexPhotosOptions, 'files'> {
  /** `watchFolder` of @photoorg/ingest, or anything of its shape. */
  watchFolder: WatchFolder;
  /** Look at the folder this often instead of being told of changes: for network drives, which do not tell. */
  pollMillis?: number;
  /** Look at the whole folder at least this often, whatever was told: a system that is busy forgets to tell. Default: once an hour. */
  rescanMillis?: number;
}

export interface WatchPhotosResult extends IndexPhotosResult {
  /** What was looked at: the files that came or changed, or everything, without which nothing is found to be missing. */
  look: 'changes' | 'everything';
}
