import { Buffer } from 'node:buffer';
import type { BigIntStats } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { IngestError } from '../model/ingest-error.ts';
import { refuseUnknown } from '../model/refuse-unknown.ts';
import type { FileEntry, FilePlace } from '../model/scanned-photo.ts';
import { CACHE_FOLDER_TAG, isCacheFolder } from './cache-folder.ts';
import { checkRoot } from './check-root.ts';
import { fingerprintOf } from './fingerprint.ts';
import { isHidden, isIgnoredFolder, PICASA_INI } from './ignored-names.ts';
import { displayPath, joinBytes } from './photo-path.ts';
import { isMadeByProgram } from './program-folders.ts';
import { unreadable } from './unreadable.ts';

export interface WalkFilesOptions {
  /** The folder to walk. */
  root: string;
  /** Walk this folder below the root alone: its path relative to it, byte for byte. Files are still told relative to the root. */
  under?: Uint8Array | undefined;
  signal?: AbortSignal | undefined;
  /** Told of each folder or file that cannot be read; the walk goes on. Without it, the first one ends the walk by throwing. */
  onError?: (place: FilePlace, error: IngestError) => void;
}

/**
 * Streams every regular file below a root: folder by folder, names in byte order, so that two walks of one tree agree.
 *
 * Memory holds one folder's names and the identities of the folders seen. Hidden names and the `IGNORED_FOLDERS` are left out, as are folders
 * tagged as caches, and of the libraries of other photo programs all but their originals. A symbolic link that leads out of the root is followed, to each folder once; one that leads to something inside the root is not,
 * because that is met under its own name.
 *
 * @throws {IngestError} `ROOT_NOT_FOUND`, `ROOT_NOT_A_DIRECTORY`, and `FILE_UNREADABLE` when there is no `onError`
 * @example
 * ```ts
 * for await (const file of walkFiles({ root: '/photos' })) console.log(file.path, file.size);
 * ```
 */
export async function* walkFiles(options: WalkFilesOptions): AsyncGenerator<FileEntry, void, undefined> {
  refuseUnknown('walkFiles', options, { root: true, under: true, signal: true, onError: true });
  for await (const { file } of walkWithSiblings(options)) yield file;
}

/** A file together with the names in its folder, byte for byte in Latin-1; the set is shared by the files of a folder. */
export interface WalkedFile {
  file: FileEntry;
  siblings: ReadonlySet<string>;
}

/** `walkFiles` for those who look for what lies beside a file. */
export async function* walkWithSiblings(options: WalkFilesOptions): AsyncGenerator<WalkedFile, void, undefined> {
  const root = resolve(options.root);
  const under = Buffer.from(options.under ?? new Uint8Array());
  const rootStats = await checkRoot(root);
  if (under.length > 0) await checkRoot(joinBytes(Buffer.from(root), under));
  const walk: Walk = {
    root,
    realRoot: await realpath(Buffer.from(root), { encoding: 'buffer' }),
    seenFolders: new Set([folderIdentity(rootStats)]),
    signal: options.signal,
    report(path, error) {
      const problem = unreadable(path.length === 0 ? root : path, error);
      if (options.onError === undefined) throw problem;
      options.onError({ root, path: displayPath(path), pathBytes: path }, problem);
    },
  };
  yield* walkFolder(walk, under);
}

interface Walk {
  root: string;
  realRoot: Buffer;
  seenFolders: Set<string>;
  signal: AbortSignal | undefined;
  report(path: Buffer, error: unknown): void;
}

async function* walkFolder(walk: Walk, folder: Buffer): AsyncGenerator<WalkedFile, void, undefined> {
  const siblings = new Set(await orReport(walk, folder, () => listFolder(walk, folder)));
  for (const name of siblings) {
    if (isHidden(name)) continue;
    walk.signal?.throwIfAborted();
    const path = joinBytes(folder, Buffer.from(name, 'latin1'));
    const stats = await orReport(walk, path, () => statEntry(walk, name, path));
    if (stats?.isFile()) yield { file: toFileEntry(walk.root, path, stats), siblings };
    else if (stats?.isDirectory() && isFirstVisit(walk, stats)) yield* walkFolder(walk, path);
  }
}

/** The result, or undefined after the failure was reported. */
async function orReport<T>(walk: Walk, path: Buffer, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    walk.report(path, error);
    return undefined;
  }
}

/**
 * The names in a folder that are not hidden, but for what Picasa knows of the photos, sorted; none when it is tagged as a cache. A name is text with a character for each byte, which keeps
 * every name as it is and takes 60 bytes; entries with their types and names in buffers took ten times as much.
 */
async function listFolder(walk: Walk, folder: Buffer): Promise<string[]> {
  const absolute = joinBytes(Buffer.from(walk.root), folder);
  const names = await readdir(absolute, { encoding: 'latin1' });
  if (names.includes(CACHE_FOLDER_TAG) && isCacheFolder(absolute)) return [];
  const all = new Set(names);
  const own = basename(absolute.toString('latin1'));
  const isSeen = (name: string) => !isHidden(name) || PICASA_INI.includes(name);
  return names.filter((name) => isSeen(name) && !isMadeByProgram(own, name, (sibling) => all.has(sibling))).sort();
}

/** What a name stands for, links followed; null for a folder to be left out, and a link that leads nowhere or to something inside the root. */
async function statEntry(walk: Walk, name: string, path: Buffer): Promise<BigIntStats | null> {
  const absolute = joinBytes(Buffer.from(walk.root), path);
  const stats = await lstat(absolute, { bigint: true });
  if (stats.isFile()) return stats;
  if (isIgnoredFolder(name)) return null;
  if (!stats.isSymbolicLink()) return stats;
  try {
    const target = await realpath(absolute, { encoding: 'buffer' });
    return isInside(walk.realRoot, target) ? null : await stat(target, { bigint: true });
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ELOOP')) return null;
    throw error;
  }
}

function isInside(folder: Buffer, path: Buffer): boolean {
  return path.equals(folder) || path.subarray(0, folder.length + 1).equals(joinBytes(folder, Buffer.alloc(0)));
}

/** Each folder is entered once, however many links lead to it: a loop of links ends here. */
function isFirstVisit(walk: Walk, stats: BigIntStats): boolean {
  const identity = folderIdentity(stats);
  if (walk.seenFolders.has(identity)) return false;
  walk.seenFolders.add(identity);
  return true;
}

function folderIdentity(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}`;
}

export function toFileEntry(root: string, path: Buffer, stats: BigIntStats): FileEntry {
  return {
    root,
    path: displayPath(path),
    pathBytes: path,
    size: Number(stats.size),
    mtimeNs: stats.mtimeNs,
    inode: stats.ino,
    ctimeNs: stats.ctimeNs,
    fingerprint: fingerprintOf(stats),
    modifiedAt: new Date(Number(stats.mtimeMs)),
    createdAt: stats.birthtimeNs > 0n ? new Date(Number(stats.birthtimeMs)) : null,
  };
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
