import type { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';

/** How many bytes of a codestream `readJxlHeader` needs. */
export const JXL_HEADER_BYTES = 24;

const SIGNATURE = '\xff\x0a';

/** Bits of a size that is written in full, by its selector. */
const SIZE_BITS = [9, 13, 18, 30] as const;

/** Width by height for the usual shapes, by their number; 0 has no shape and writes its width. */
const SHAPES: readonly (readonly [width: number, height: number])[] = [
  [0, 0],
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
];

/** Whether a JPEG XL file is nothing but its codestream, without a container. */
export async function isBareCodestream(source: ByteSource): Promise<boolean> {
  return (await source.read(0, SIGNATURE.length)).toString('latin1') === SIGNATURE;
}

/**
 * Reads the size at the head of a JPEG XL codestream, as decoders deliver it: turned by the codestream's own orientation, never by that of EXIF.
 * Null when there is no codestream. ISO/IEC 18181-1, annex D
 */
export function readJxlHeader(head: Buffer): { width: number; height: number } | null {
  if (head.toString('latin1', 0, 2) !== SIGNATURE) return null;
  const bits = bitReader(head.subarray(2));
  const isSmall = bits(1) === 1;
  const side = () => (isSmall ? (bits(5) + 1) * 8 : bits(SIZE_BITS[bits(2)] ?? 0) + 1);
  const height = side();
  const [across = 0, down = 0] = SHAPES[bits(3)] ?? [];
  const width = across === 0 ? side() : Math.floor((height * across) / down);
  const hasDefaults = bits(1) === 1;
  const hasExtraFields = !hasDefaults && bits(1) === 1;
  const orientation = hasExtraFields ? bits(3) + 1 : 1;
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

/** Unsigned numbers of bits, the lowest first; beyond the end every bit is 0. */
function bitReader(bytes: Buffer): (count: number) => number {
  let position = 0;
  return (count) => {
    let value = 0;
    for (let index = 0; index < count; index++, position++) {
      const bit = ((bytes[position >> 3] ?? 0) >> (position & 7)) & 1;
      value += bit * 2 ** index;
    }
    return value;
  };
}
