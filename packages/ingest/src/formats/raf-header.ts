import type { ByteSource } from '../files/byte-source.ts';
import type { ByteRange } from './slice-source.ts';

const JPEG_OFFSET_AT = 84;
const HEADER_BYTES = 108;

/** What the header of a Fujifilm RAW file (RAF) tells. */
export interface RafHeader {
  /** A whole JPEG file of the photo, with its EXIF. */
  jpeg: ByteRange;
  /** The list of the sensor's settings. */
  settings: ByteRange;
}

/** Reads the header of a RAF file; null when the file ends in it. https://libopenraw.freedesktop.org/formats/raf/ */
export async function readRafHeader(source: ByteSource): Promise<RafHeader | null> {
  const header = await source.read(0, HEADER_BYTES);
  if (header.length < HEADER_BYTES) return null;
  const [jpegOffset = 0, jpegLength = 0, offset = 0, length = 0] = [0, 4, 8, 12].map((at) =>
    header.readUInt32BE(JPEG_OFFSET_AT + at),
  );
  return { jpeg: { offset: jpegOffset, length: jpegLength }, settings: { offset, length } };
}
