import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ByteRange } from '../http/byte-range.ts';

/** The bytes of an image, of which any part can be sent without the rest in memory. Close them, read or not. */
export interface ImageBytes {
  readonly size: number;
  stream(part: ByteRange): Readable;
  close(): Promise<void>;
}

export function bytesInMemory(bytes: Uint8Array): ImageBytes {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    size: bytes.byteLength,
    stream: ({ start, end }) => Readable.from([buffer.subarray(start, end + 1)], { objectMode: false }),
    close: async () => {},
  };
}

/** The file that the handle holds, whatever happens to its name meanwhile. */
export function bytesOfFile(file: FileHandle, size: number): ImageBytes {
  return {
    size,
    stream: (part) => file.createReadStream({ ...part, autoClose: false }),
    close: () => file.close(),
  };
}
