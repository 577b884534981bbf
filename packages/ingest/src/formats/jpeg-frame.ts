import type { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import { walkJpegSegments } from './jpeg-segments.ts';

/** What the frame header of a JPEG says. https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2.2 */
export interface JpegFrame {
  /** Pixels as stored. */
  width: number;
  height: number;
  /** Bits of one sample. */
  bits: number;
  /** Stored in passes, coarse to fine. */
  isProgressive: boolean;
  /** The kind without loss, which RAW files use for the data of the sensor; no viewer shows it. */
  isLossless: boolean;
}

/** SOF0..SOF15, without the tables that share the range (DHT, JPG, DAC). */
export function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Reads the first bytes of a frame header's content; null when there are too few. */
export function readFrame(marker: number, content: Buffer): JpegFrame | null {
  if (content.length < 5) return null;
  return {
    bits: content.readUInt8(0),
    height: content.readUInt16BE(1),
    width: content.readUInt16BE(3),
    isProgressive: [0xc2, 0xc6, 0xca, 0xce].includes(marker),
    isLossless: [0xc3, 0xc7, 0xcb, 0xcf].includes(marker),
  };
}

/** The frame of a JPEG file; null when the source is no JPEG or ends before its frame. */
export async function readJpegFrame(source: ByteSource): Promise<JpegFrame | null> {
  const start = await source.read(0, 3);
  if (start.toString('latin1') !== '\xff\xd8\xff') return null;
  for await (const segment of walkJpegSegments(source)) {
    if (isFrameHeader(segment.marker)) return readFrame(segment.marker, await source.read(segment.start, 5));
  }
  return null;
}
