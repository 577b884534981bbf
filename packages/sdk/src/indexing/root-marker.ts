import { stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';

/** A folder as it is known again after a reboot. Device numbers are given anew at every mount, so they only tell two folders of one moment apart. */
interface FolderMark {
  /** Below the root; empty for the root itself. */
  path: string;
  /** Magic number of the file system's type; the same for every ext4. */
  type: number;
  inode: string;
  /** Whether another file system begins here: the folder is where a disk or share is mounted. */
  isMountPoint: boolean;
}

/**
 * File systems that number their files anew at every mount: FAT, exFAT, FUSE (NTFS-3G, SSHFS) and SMB.
 * https://man7.org/linux/man-pages/man2/statfs.2.html
 */
const INODES_CHANGE = new Set([0x4d44, 0x2011bab0, 0x65735546, 0x517b, 0xff534d42, 0xfe534d42]);

/**
 * Remembers by what the root, and every disk mounted inside it, is known again. Nothing is written into the user's folder: the marker is
 * a row of the library. Call it after a run that missed nothing it could not account for. A root that is gone for good leaves the marker as it is.
 */
export async function rememberRoot(context: LibraryContext, root: string, rootId: string): Promise<void> {
  const own = await markOf(root, '').catch(() => null);
  if (own === null) return;
  const marks = [own];
  for (const folder of await foldersOf(context, rootId)) {
    const mark = await markOf(root, folder).catch(() => null);
    if (mark?.isMountPoint) marks.push(mark);
  }
  const marker = JSON.stringify(marks);
  await sql`UPDATE roots SET marker = ${marker} WHERE root_id = ${rootId} AND marker IS DISTINCT FROM ${marker}`.execute(
    context.db,
  );
}

/**
 * The folders, of the root and the disks mounted inside it, that are not what they were: another file system lies there, or none is
 * mounted any more. Empty strings stand for the root.
 */
export async function findReplacedFolders(context: LibraryContext, root: string, rootId: string): Promise<string[]> {
  const { rows } = await sql<{ marker: string | null }>`SELECT marker FROM roots WHERE root_id = ${rootId}`.execute(context.db);
  const marks = JSON.parse(rows[0]?.marker ?? '[]') as FolderMark[];
  const replaced: string[] = [];
  for (const mark of marks) {
    const now = await markOf(root, mark.path).catch(() => null);
    if (now === null || !isSameFolder(mark, now)) replaced.push(mark.path);
  }
  return replaced;
}

function isSameFolder(before: FolderMark, now: FolderMark): boolean {
  if (before.type !== now.type || before.isMountPoint !== now.isMountPoint) return false;
  return before.inode === now.inode || INODES_CHANGE.has(before.type);
}

async function markOf(root: string, path: string): Promise<FolderMark> {
  const folder = join(root, path);
  const [own, parent, system] = await Promise.all([
    stat(folder, { bigint: true }),
    stat(dirname(folder), { bigint: true }),
    statfs(folder),
  ]);
  return { path, type: system.type, inode: own.ino.toString(), isMountPoint: own.dev !== parent.dev };
}

/** Every folder below the root that leads to a photo. */
async function foldersOf(context: LibraryContext, rootId: string): Promise<string[]> {
  const { rows } = await sql<{ folder: string }>`
    SELECT DISTINCT substring(path FROM '^(.*)/') AS folder FROM photo_files
    WHERE root_id = ${rootId} AND missing_since IS NULL AND position('/' IN path) > 0`.execute(context.db);
  const folders = new Set<string>();
  for (const { folder } of rows) {
    for (let path = folder; path !== '.' && !folders.has(path); path = dirname(path)) folders.add(path);
  }
  return [...folders].sort();
}
