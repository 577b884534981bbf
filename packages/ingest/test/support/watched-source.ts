import { Buffer } from 'node:buffer';
import { type ByteSource, bufferSource } from '../../src/files/byte-source.ts';

export interface WatchedSource extends ByteSource {
  /** Bytes that are not just zeros behind the others. */
  headBytes: number;
  /** Where reads began, in their order. */
  offsets: number[];
  /** Bytes that were handed out. */
  bytesRead: number;
}

/**
 * A file in memory that notes what is read of it, and refuses places that no file has: a negative position would read on from wherever the last
 * read ended.
 *
 * @param size bytes in all; what lies behind `head` is zero and takes no memory until it is read
 */
export function watchedSource(head: Uint8Array, size = head.length): WatchedSource {
  const inner = bufferSource(head);
  const source: WatchedSource = {
    size,
    headBytes: head.length,
    offsets: [],
    bytesRead: 0,
    async read(offset, length) {
      if (!(offset >= 0) || Number.isNaN(length)) throw new RangeError(`Nothing lies at ${offset}, ${length} bytes long.`);
      const bytes = Math.max(0, Math.min(length, size - offset));
      source.offsets.push(offset);
      source.bytesRead += bytes;
      const known = await inner.read(offset, bytes);
      return known.length === bytes ? known : Buffer.concat([known], bytes);
    },
  };
  return source;
}
