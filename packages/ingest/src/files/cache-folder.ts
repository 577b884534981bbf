import { Buffer } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { joinBytes } from './photo-path.ts';

/** The first bytes of a `CACHEDIR.TAG` file: its folder is a cache and is not walked. https://bford.info/cachedir/ */
export const CACHE_FOLDER_SIGNATURE = 'Signature: 8a477f597d28d172789f06886806bc55';

/** The file that marks a folder as a cache, as `createThumbnailCache` does with its own. */
export const CACHE_FOLDER_TAG = 'CACHEDIR.TAG';

/**
 * Whether a folder is marked as a cache. Of the tag alone 43 bytes are read, so that watching can ask without waiting.
 *
 * @throws what opening the tag throws, but for one that is not there
 */
export function isCacheFolder(folder: string | Buffer): boolean {
  const file = openTag(joinBytes(Buffer.from(folder as string), Buffer.from(CACHE_FOLDER_TAG)));
  if (file === null) return false;
  try {
    const start = Buffer.alloc(CACHE_FOLDER_SIGNATURE.length);
    return start.toString('latin1', 0, readSync(file, start, 0, start.length, 0)) === CACHE_FOLDER_SIGNATURE;
  } finally {
    closeSync(file);
  }
}

function openTag(path: Buffer): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
