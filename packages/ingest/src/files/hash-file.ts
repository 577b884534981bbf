import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { IngestError } from '../model/ingest-error.ts';
import { giveBack } from './give-back.ts';
import { displayPath, type PhotoPath } from './photo-path.ts';
import { unreadable } from './unreadable.ts';

/** Bytes per read: the hash, not the system call, takes the time from here on. */
const CHUNK_BYTES = 256 * 1024;

/** Chunks that no file is being read into, for the next file. */
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
  return (await hashAndHold(file, { ...options, maxHeldBytes: 0 })).sha256;
}

/** Let go of, its content is gone. */
export interface HashedFile extends Disposable {
  /** 32 bytes. */
  sha256: Uint8Array;
  /** The bytes that were hashed; null for a file with more than `maxHeldBytes`. */
  content: Buffer<ArrayBuffer> | null;
}

/** As {@link hashFile}, for those who then decode the file: on a network drive it is read and opened once instead of a dozen times. */
export async function hashAndHold(file: PhotoPath, options: { maxHeldBytes: number; signal?: AbortSignal }): Promise<HashedFile> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    throw unreadable(file, error);
  }
  try {
    return await hashOpenFile(handle, file, options);
  } catch (error) {
    if (IngestError.isInstance(error) || options.signal?.aborted) throw error;
    throw unreadable(file, error);
  } finally {
    await handle.close();
  }
}

async function hashOpenFile(
  handle: FileHandle,
  file: PhotoPath,
  { maxHeldBytes, signal }: { maxHeldBytes: number; signal?: AbortSignal },
): Promise<HashedFile> {
  const hash = createHash('sha256');
  const before = await handle.stat({ bigint: true });
  const content = before.size <= maxHeldBytes ? Buffer.allocUnsafeSlow(Number(before.size)) : null;
  const chunk = content ?? idleChunks.pop() ?? new Uint8Array(CHUNK_BYTES);
  let total = 0;
  try {
    // A file that grows as fast as it is read must not keep us for ever.
    while (total <= before.size) {
      signal?.throwIfAborted();
      const space = content?.subarray(total) ?? chunk;
      const { bytesRead } = await handle.read(space, 0, space.length, null);
      if (bytesRead === 0) break;
      total += bytesRead;
      hash.update(space.subarray(0, bytesRead));
    }
  } finally {
    if (content === null) idleChunks.push(chunk);
  }
  const after = await handle.stat({ bigint: true });
  if (BigInt(total) !== after.size || before.size !== after.size || before.mtimeNs !== after.mtimeNs) {
    throw new IngestError(
      'FILE_CHANGED',
      `${displayPath(file)} changed while it was read; index it again when nothing writes to it.`,
    );
  }
  return { sha256: hash.digest(), content, [Symbol.dispose]: () => content && giveBack(content) };
}
