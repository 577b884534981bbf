import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { openScratchFolder, type ScratchFolder } from '../files/scratch-folder.ts';

/** Name of the database of a library of Apple Photos. */
export const PHOTOS_DATABASE = 'Photos.sqlite';

/** A running Photos may write while its database is copied. */
const MAX_COPIES = 3;

export interface OpenDatabase extends AsyncDisposable {
  readonly database: DatabaseSync;
}

/**
 * Opens the database of a library of Apple Photos to be read, and leaves the library as it is. What Photos has written last stands in a log beside it, which SQLite
 * reads only where it may write: then both are copied into a scratch folder of ours. Without a log it is read where it is.
 *
 * @param library absolute path of the `.photoslibrary` folder
 * @returns null where there is no database
 * @throws whatever the file system or SQLite throws
 */
export async function openPhotosDatabase(library: string): Promise<OpenDatabase | null> {
  const file = join(library, 'database', PHOTOS_DATABASE);
  if ((await sizeOf(file)) === 0) return null;
  const { DatabaseSync } = await import('node:sqlite');
  if ((await sizeOf(`${file}-wal`)) === 0) {
    const url = pathToFileURL(file);
    url.searchParams.set('immutable', '1');
    const database = new DatabaseSync(url, { readOnly: true });
    return { database, [Symbol.asyncDispose]: async () => database.close() };
  }
  const scratch = await openScratchFolder();
  try {
    const database = new DatabaseSync(await copyWithLog(file, scratch));
    const close = () => {
      database.close();
      return scratch[Symbol.asyncDispose]();
    };
    return { database, [Symbol.asyncDispose]: close };
  } catch (error) {
    await scratch[Symbol.asyncDispose]();
    throw error;
  }
}

async function copyWithLog(file: string, scratch: ScratchFolder): Promise<string> {
  const files = [file, `${file}-wal`];
  const statesOf = async () => JSON.stringify(await Promise.all(files.map(stateOf)));
  for (let tries = 1; ; tries++) {
    const before = await statesOf();
    await scratch.copy(`${PHOTOS_DATABASE}-wal`, `${file}-wal`);
    const copy = await scratch.copy(PHOTOS_DATABASE, file);
    if (before === (await statesOf())) return copy;
    if (tries === MAX_COPIES) throw new Error(`${file} changed while it was copied.`);
  }
}

async function stateOf(file: string): Promise<string> {
  const { size, mtimeNs } = await stat(file, { bigint: true });
  return `${size} ${mtimeNs}`;
}

/** Bytes; 0 for a file that is not there. */
async function sizeOf(file: string): Promise<number> {
  const stats = await stat(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  return stats?.size ?? 0;
}
