import { Buffer } from 'node:buffer';

/** The bytes that `readDeltas` reads. */
export function writeDeltas(values: readonly number[]): Buffer {
  const bytes: number[] = [];
  let previous = 0;
  for (const value of values) {
    const delta = value - previous;
    previous = value;
    let folded = ((delta << 1) ^ (delta >> 31)) >>> 0;
    while (folded > 0x7f) {
      bytes.push((folded & 0x7f) | 0x80);
      folded >>>= 7;
    }
    bytes.push(folded);
  }
  return Buffer.from(bytes);
}
