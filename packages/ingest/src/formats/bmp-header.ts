import type { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';

/** What stands before the pixels of a bitmap. */
export interface BmpHeader {
  /** Pixels. */
  width: number;
  height: number;
  /** Rows begin with the upper one; as a rule they begin with the lower one. */
  isTopDown: boolean;
  bitsPerPixel: number;
  /** 0: none, 1 and 2: run lengths of 8 and 4 bits, 3 and 6: masks say which bits are red, green and blue. */
  compression: number;
  /** Of a pixel of 16 or 32 bits. */
  masks: { red: number; green: number; blue: number };
  /** Where the colours of a pixel of up to 8 bits stand, in bytes, and how many there are: blue, green, red, and in all but the oldest files a fourth byte. */
  palette: { offset: number; colours: number; bytesPerColour: number };
  /** Where the pixels begin, in bytes. */
  pixelOffset: number;
}

const FILE_HEADER_BYTES = 14;
/** The header of OS/2 and Windows 2. */
const CORE_HEADER_BYTES = 12;
/** As far as masks reach in any header. */
const MOST_BYTES = FILE_HEADER_BYTES + 56;

const MASKS = { 16: { red: 0x7c00, green: 0x03e0, blue: 0x001f }, 32: { red: 0xff0000, green: 0xff00, blue: 0xff } };

/** Reads the header of a bitmap of Windows; null for none. https://learn.microsoft.com/en-us/windows/win32/gdi/bitmap-header-types */
export async function readBmpHeader(source: ByteSource): Promise<BmpHeader | null> {
  const head = await source.read(0, MOST_BYTES);
  if (head.length < FILE_HEADER_BYTES + CORE_HEADER_BYTES || head.toString('latin1', 0, 2) !== 'BM') return null;
  const headerBytes = head.readUInt32LE(14);
  const pixelOffset = head.readUInt32LE(10);
  if (headerBytes === CORE_HEADER_BYTES) return readCoreHeader(head, pixelOffset);
  if (headerBytes < 40 || head.length < FILE_HEADER_BYTES + 40) return null;
  const height = head.readInt32LE(22);
  const bitsPerPixel = head.readUInt16LE(28);
  const compression = head.readUInt32LE(30);
  const hasMasks = (compression === 3 || compression === 6) && head.length >= FILE_HEADER_BYTES + 52;
  return {
    width: Math.max(0, head.readInt32LE(18)),
    height: Math.abs(height),
    isTopDown: height < 0,
    bitsPerPixel,
    compression,
    masks: hasMasks
      ? { red: head.readUInt32LE(54), green: head.readUInt32LE(58), blue: head.readUInt32LE(62) }
      : MASKS[bitsPerPixel === 16 ? 16 : 32],
    palette: {
      offset: FILE_HEADER_BYTES + headerBytes,
      colours: bitsPerPixel > 8 ? 0 : Math.min(head.readUInt32LE(46) || 2 ** bitsPerPixel, 2 ** bitsPerPixel),
      bytesPerColour: 4,
    },
    pixelOffset,
  };
}

function readCoreHeader(head: Buffer, pixelOffset: number): BmpHeader {
  const bitsPerPixel = head.readUInt16LE(24);
  const offset = FILE_HEADER_BYTES + CORE_HEADER_BYTES;
  return {
    width: head.readUInt16LE(18),
    height: head.readUInt16LE(20),
    isTopDown: false,
    bitsPerPixel,
    compression: 0,
    masks: MASKS[32],
    palette: { offset, colours: bitsPerPixel > 8 ? 0 : 2 ** bitsPerPixel, bytesPerColour: 3 },
    pixelOffset,
  };
}

/** Bytes of a row that is not compressed; rows begin at multiples of four. */
export function bmpRowBytes({ width, bitsPerPixel }: BmpHeader): number {
  return Math.ceil((width * bitsPerPixel) / 32) * 4;
}
