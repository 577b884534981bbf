import { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';

/** A part of a file, in bytes from its beginning. */
export interface ByteRange {
  offset: number;
  length: number;
}

/** A part of a file as a source of its own, as for a picture inside a RAW file; what lies beyond the file is not in it. */
export function sliceSource(source: ByteSource, { offset, length }: ByteRange): ByteSource {
  const size = Math.max(0, Math.min(length, source.size - offset));
  return {
    size,
    read: async (start, wanted) => {
      const end = Math.min(start + wanted, size);
      return end <= start ? Buffer.alloc(0) : await source.read(offset + start, end - start);
    },
  };
}
