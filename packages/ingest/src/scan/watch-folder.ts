import { existsSync, type Stats } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { isCacheFolder } from '../files/cache-folder.ts';
import { checkRoot } from '../files/check-root.ts';
import { isHidden, isIgnoredFolder } from '../files/ignored-names.ts';
import { LinkedPaths } from '../files/linked-paths.ts';
import { isMadeByProgram } from '../files/program-folders.ts';
import { RecentChanges } from '../files/recent-changes.ts';
import { leftOutKindOf } from '../formats/left-out-kinds.ts';
import { extensionOf, hasPhotoExtension, needsExiftool } from '../formats/sniff-format.ts';
import { IngestError } from '../model/ingest-error.ts';
import { refuseUnknown } from '../model/refuse-unknown.ts';
import type { FileEntry } from '../model/scanned-photo.ts';
import { companionRole } from '../sidecars/companion-names.ts';
import { isSidecar, photosOfChanges } from '../sidecars/photos-of-changes.ts';

/** Programs that copy photos write several times a second, and stop for a moment between two of them. */
const QUIET_MILLIS = 2_000;

export interface WatchFolderOptions {
  /** The folder to watch. */
  root: string;
  /** A file counts as written when nothing has happened to it for this long. Default 2,000. */
  quietMillis?: number;
  /**
   * Where the system does not tell of changes (network drives, some containers): come back after this time, whatever happened. Without it, the
   * system's notifications are used.
   */
  pollMillis?: number;
  signal?: AbortSignal;
}

/** A folder that is being watched; dispose of it when done. */
export interface FolderWatcher extends AsyncDisposable {
  /**
   * Waits until photos or sidecars have appeared, changed or gone and that has been quiet for a moment, or until the time is over; tells which.
   *
   * @example
   * ```ts
   * const changed = await watcher.waitForChange({ timeoutMillis: 60_000 });
   * console.log(changed ? 'something happened' : 'a quiet minute');
   * ```
   */
  waitForChange(options: { timeoutMillis: number; signal?: AbortSignal }): Promise<boolean>;
  /**
   * What to scan for the changes since this was last asked: paths relative to the root, byte for byte, as `files` of `scanPhotos` takes them, with
   * those that are one photo with what changed, or that a changed sidecar speaks of. null when only a scan of everything can tell: something
   * went, was renamed, or was a folder or a link.
   *
   * @example
   * ```ts
   * const files = (await watcher.takeChanges()) ?? undefined; // undefined: scan everything
   * for await (const item of scanPhotos({ root: '/photos', files })) console.log(item.kind);
   * ```
   */
  takeChanges(): Promise<Uint8Array[] | null>;
  /**
   * Whether something is still writing the file. If so, `waitForChange` comes back to it.
   *
   * @example
   * ```ts
   * for await (const file of walkFiles({ root: '/photos' })) {
   *   if (watcher.isBeingWritten(file)) console.log(`${file.path} is still being copied`);
   * }
   * ```
   */
  isBeingWritten(file: FileEntry): boolean;
}

/**
 * Watches a folder and everything below for changes that a scan would see: not hidden files, not caches, not files that are neither photos nor
 * what belongs to them. It tells when to scan again, and which files when some only came or changed; only a whole look tells a renamed file from a
 * deleted one.
 *
 * The system's notifications cost one watch a file (Linux: `fs.inotify.max_user_watches`); names that are not UTF-8 have none.
 *
 * @throws {IngestError} `ROOT_NOT_FOUND`, `ROOT_NOT_A_DIRECTORY`, `WATCH_LIMIT`
 * @example
 * ```ts
 * await using watcher = await watchFolder({ root: '/photos' });
 * await watcher.waitForChange({ timeoutMillis: 3_600_000 });
 * ```
 */
export async function watchFolder(options: WatchFolderOptions): Promise<FolderWatcher> {
  refuseUnknown('watchFolder', options, { root: true, quietMillis: true, pollMillis: true, signal: true });
  const root = resolve(options.root);
  await checkRoot(root);
  const { quietMillis = QUIET_MILLIS, pollMillis } = options;
  const changes = new RecentChanges(quietMillis);
  // A root that is a link would otherwise be watched as the link that it is.
  const notifications = pollMillis === undefined ? await listen(await realpath(root), changes, options.signal) : null;
  return {
    async waitForChange({ timeoutMillis, signal }) {
      notifications?.throwIfBroken();
      const isDue = await changes.wait({ timeoutMillis: Math.min(timeoutMillis, pollMillis ?? timeoutMillis), signal });
      notifications?.throwIfBroken();
      return isDue;
    },
    async takeChanges() {
      const files = changes.take();
      return files && (await photosOfChanges(root, files));
    },
    isBeingWritten(file) {
      const age = Date.now() - file.modifiedAt.getTime();
      // The scan may be of a folder around this one.
      const path = toRelative(root, join(file.root, file.path));
      const busy = changes.isFresh(path) || (age >= 0 && age < quietMillis);
      if (busy && Buffer.from(file.path).equals(file.pathBytes)) changes.lookAgainAt(path);
      else if (busy) changes.noteMore();
      return busy;
    },
    async [Symbol.asyncDispose]() {
      changes.stop();
      await notifications?.close();
    },
  };
}

/** Takes the system's notifications; resolves when every folder is watched. */
async function listen(root: string, changes: RecentChanges, signal: AbortSignal | undefined) {
  const { watch } = await import('chokidar');
  const links = new LinkedPaths(root);
  const watcher = watch(root, {
    ignoreInitial: true,
    ignorePermissionErrors: true,
    // It would pass over folders that are named like an editor's temporary files.
    atomic: false,
    // A link that leads upwards would lead it in circles until the path is too long; a scan looks where each link leads.
    followSymlinks: false,
    ignored: (path, stats) => isIgnored(links, path, stats),
  });
  let failure: Error | null = null;
  const { promise: ready, resolve: becomeReady, reject } = Promise.withResolvers<void>();
  const giveUp = () => reject(signal?.reason);
  signal?.addEventListener('abort', giveUp, { once: true });
  watcher.on('ready', becomeReady);
  watcher.on('all', (event, path, stats) => {
    if (isInCache(links, path)) return;
    const target = stats?.isSymbolicLink() ? links.follow(path) : null;
    if (target !== null) watcher.add(target);
    if (event === 'add' || event === 'change') changes.noteFile(toRelative(root, links.asScanned(path)));
    else changes.noteMore();
  });
  watcher.on('error', (error) => {
    failure = explain(error, root);
    reject(failure);
    changes.noteMore();
  });
  try {
    signal?.throwIfAborted();
    await ready;
  } catch (error) {
    await watcher.close();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
  return {
    throwIfBroken() {
      if (failure) throw failure;
    },
    close: () => watcher.close(),
  };
}

/** chokidar asks twice: with the path alone, and again when it knows what lies there. */
function isIgnored(links: LinkedPaths, path: string, stats: Stats | undefined): boolean {
  const name = basename(path);
  if (!links.isTop(path)) {
    const folder = dirname(path);
    if ((isHidden(name) && !isSidecar(name)) || isIgnoredFolder(name)) return true;
    if (isMadeByProgram(basename(folder), name, (sibling) => existsSync(join(folder, sibling)))) return true;
  }
  if (stats?.isDirectory()) return isCache(path);
  const extension = extensionOf(name);
  const isPhoto = hasPhotoExtension(name) || needsExiftool(name) || companionRole(name) !== null;
  // Their first bytes may be those of a photo.
  const mayBePhoto = extension === '' || leftOutKindOf(extension)?.isPicture === true;
  return stats?.isFile() === true && !isPhoto && !mayBePhoto && !isSidecar(name);
}

function toRelative(root: string, path: string): string {
  return relative(root, path).replaceAll(sep, '/');
}

/** A folder may be tagged as a cache after it was found. */
function isInCache(links: LinkedPaths, path: string): boolean {
  const folder = dirname(path);
  if (links.isTop(path) || folder === path) return false;
  return isCache(folder) || isInCache(links, folder);
}

/** A tag that cannot be read is for the scan to report. */
function isCache(folder: string): boolean {
  try {
    return isCacheFolder(folder);
  } catch {
    return false;
  }
}

function explain(error: unknown, root: string): Error {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'ENOSPC' && code !== 'EMFILE') return error instanceof Error ? error : new Error(String(error));
  return new IngestError(
    'WATCH_LIMIT',
    `The system has no watches left for ${root}; raise its limit (Linux: sysctl fs.inotify.max_user_watches and max_user_instances) or watch by polling.`,
    { cause: error },
  );
}
