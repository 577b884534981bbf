import { Buffer } from 'node:buffer';
import { readdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { IngestError } from '../model/ingest-error.ts';
import type { FilePlace } from '../model/scanned-photo.ts';
import { checkRoot } from './check-root.ts';
import { displayPath, joinBytes } from './photo-path.ts';
import { unreadable } from './unreadable.ts';
import { toFileEntry, type WalkedFile } from './walk-files.ts';

export interface WalkListedOptions {
  root: string;
  /** Paths relative to the root, byte for byte. */
  files: readonly Uint8Array[];
  signal?: AbortSignal | undefined;
  onError: (place: FilePlace, error: IngestError) => void;
}

/** Looks at the given files below a root, folder by folder. One that is not there any more is passed over. */
export async function* walkListed({ root: given, files, signal, onError }: WalkListedOptions): AsyncGenerator<WalkedFile> {
  const root = resolve(given);
  await checkRoot(root);
  const byFolder = Map.groupBy(files, (file) => folderOf(file).toString('latin1'));
  for (const [folder, members] of byFolder) {
    const siblings = await namesIn(joinBytes(Buffer.from(root), Buffer.from(folder, 'latin1')));
    for (const member of members) {
      signal?.throwIfAborted();
      const path = Buffer.from(member);
      try {
        const stats = await stat(joinBytes(Buffer.from(root), path), { bigint: true });
        if (stats.isFile()) yield { file: toFileEntry(root, path, stats), siblings };
      } catch (error) {
        if (isGone(error)) continue;
        onError({ root, path: displayPath(path), pathBytes: path }, unreadable(path, error));
      }
    }
  }
}

function folderOf(path: Uint8Array): Buffer {
  const bytes = Buffer.from(path);
  return bytes.subarray(0, Math.max(0, bytes.lastIndexOf('/')));
}

/** None for a folder that cannot be listed: its files may be readable all the same. */
async function namesIn(folder: Buffer): Promise<ReadonlySet<string>> {
  return new Set(await readdir(folder, { encoding: 'latin1' }).catch(() => []));
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
