import { Buffer } from 'node:buffer';
import { open } from 'node:fs/promises';

/** Random access to the bytes of a file, so that reading metadata touches only the parts that hold it. */
export interface ByteSource {
  /** Bytes in all. */
  readonly size: number;
  /** The bytes from `offset` on; fewer than `length` at the end of the file, none beyond it. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** One read from disk serves the many small ones that follow it. */
const WINDOW_BYTES = 64 * 1024;

/** Opens a file for random access. Close it (`await using`) when done. */
export async function openByteSource(path: string | Buffer): Promise<ByteSource & AsyncDisposable & { modifiedAt: Date }> {
  const handle = await open(path, 'r');
  try {
    // Whole milliseconds as the walk counts them: `mtime` would be rounded, and the same file have two times.
    const stats = await handle.stat({ bigint: true });
    const [size, modifiedAt] = [Number(stats.size), new Date(Number(stats.mtimeMs))];
    const readDirectly = async (offset: number, length: number) => {
      const target = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - offset)));
      let filled = 0;
      while (filled < target.length) {
        const { bytesRead } = await handle.read(target, filled, target.length - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return target.subarray(0, filled);
    };
    return { size, modifiedAt, read: windowed(readDirectly), [Symbol.asyncDispose]: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Bytes in memory as a source. */
export function bufferSource(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { size: buffer.length, read: async (offset, length) => buffer.subarray(offset, Math.max(offset, offset + length)) };
}

function windowed(readDirectly: ByteSource['read']): ByteSource['read'] {
  let start = 0;
  let window: Buffer = Buffer.alloc(0);
  return async (offset, length) => {
    if (length > WINDOW_BYTES) return await readDirectly(offset, length);
    if (offset < start || offset + length > start + window.length) {
      window = await readDirectly(offset, WINDOW_BYTES);
      start = offset;
    }
    return window.subarray(offset - start, offset - start + length);
  };
}
