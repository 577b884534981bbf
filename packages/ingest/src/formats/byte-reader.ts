import type { Buffer } from 'node:buffer';

/** Reads big-endian fields one after another; beyond the end every number is 0 and every text empty. */
export interface ByteReader {
  /** An unsigned integer of 0..8 bytes. */
  uint(bytes: number): number;
  text(bytes: number): string;
  /** Text up to the next NUL. */
  cString(): string;
  /** The version and flags that open a "full box". */
  fullBox(): { version: number; flags: number };
  atEnd(): boolean;
}

export function byteReader(buffer: Buffer): ByteReader {
  let offset = 0;
  const uint = (bytes: number) => {
    let value = 0;
    for (let index = 0; index < bytes; index++) value = value * 256 + (buffer[offset + index] ?? 0);
    offset += bytes;
    return value;
  };
  const text = (bytes: number) => {
    const value = buffer.toString('latin1', offset, offset + bytes);
    offset += bytes;
    return value;
  };
  const cString = () => {
    const end = buffer.indexOf(0, offset);
    const value = buffer.toString('utf8', offset, end < 0 ? buffer.length : end);
    offset = end < 0 ? buffer.length : end + 1;
    return value;
  };
  return { uint, text, cString, fullBox: () => ({ version: uint(1), flags: uint(3) }), atEnd: () => offset >= buffer.length };
}
