import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { IngestError } from '../ingest-error.ts';
import { displayPath, type PhotoPath } from './photo-path.ts';
import { unreadable } from './unreadable.ts';

/** Bytes per read: the hash, not the system call, takes the time from here on. */
const CHUNK_BYTES = 256 * 1024;

/** Chunks that no file is being read into. A new one for each file would be the collector's work: it ran once every 12 photos. */
const idleChunks: Uint8Array[] = [];

/**
 * SHA-256 of a file's content, read in chunks (constant memory).
 *
 * A file that grows, shrinks or is rewritten meanwhile is refused with `FILE_CHANGED`, because its hash would name no content that ever existed.
 *
 * @param file path as text, or as bytes where the name is not UTF-8
 * @returns 32 bytes
 * @throws {IngestError} `FILE_UNREADABLE`, `FILE_CHANGED`
 * @example
 * ```ts
 * const sha256 = Buffer.from(await hashFile('holiday.jpg')).toString('hex');
 * ```
 */
export async function hashFile(file: PhotoPath, options: { signal?: AbortSignal } = {}): Promise<Uint8Array> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    throw unreadable(file, error);
  }
  try {
    return await hashOpenFile(handle, file, options.signal);
  } finally {
    await handle.close();
  }
}

async function hashOpenFile(handle: FileHandle, file: PhotoPath, signal?: AbortSignal): Promise<Uint8Array> {
  const hash = createHash('sha256');
  const chunk = idleChunks.pop() ?? new Uint8Array(CHUNK_BYTES);
  try {
    const before = await handle.stat({ bigint: true });
    let total = 0n;
    // A file that grows as fast as it is read must not keep us for ever.
    while (total <= before.size) {
      signal?.throwIfAborted();
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      total += BigInt(bytesRead);
      hash.update(chunk.subarray(0, bytesRead));
    }
    const after = await handle.stat({ bigint: true });
    if (total !== after.size || before.size !== after.size || before.mtimeNs !== after.mtimeNs) {
      throw new IngestError(
        'FILE_CHANGED',
        `${displayPath(file)} changed while it was read; index it again when nothing writes to it.`,
      );
    }
  } catch (error) {
    if (IngestError.isInstance(error) || signal?.aborted) throw error;
    throw unreadable(file, error);
  } finally {
    idleChunks.push(chunk);
  }
  return hash.digest();
}
