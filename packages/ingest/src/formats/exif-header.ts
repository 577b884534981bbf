import { Buffer } from 'node:buffer';

/** JPEG puts `Exif\0\0` in front of the TIFF structure; some writers carry it over into formats where it does not belong. */
export function withoutExifHeader(block: Buffer): Buffer {
  return Buffer.from(block.toString('latin1', 0, 5) === 'Exif\0' ? block.subarray(6) : block);
}
