import { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import { findClaimedEnd } from './claimed-end.ts';
import { START_OF_SCAN, walkJpegSegments } from './jpeg-segments.ts';
import { isTiffRaw, type PhotoFormat } from './photo-formats.ts';
import { readTiffImages } from './tiff-images.ts';

const CHUNK_BYTES = 1 << 20;
/** The first look, which nearly always suffices. */
const TAIL_BYTES = 16 * 1024;
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);
/** The last chunk has no content, so its checksum never changes. */
const PNG_END = Buffer.from('IEND\xae\x42\x60\x82', 'latin1');

/**
 * Whether a file ends before its container does, as after an interrupted copy.
 *
 * Decoders do not tell reliably: a thumbnail needs not all rows, so the end of the data is never missed, and the picture hashes as another photo.
 * GIF and JPEG XL without a container are left to their decoders, which read to the end.
 */
export async function isCutShort(source: ByteSource, format: PhotoFormat): Promise<boolean> {
  if (format === 'jpeg') return !(await hasJpegEnd(source));
  if (format === 'png') return !(await isFoundBehind(source, 0, PNG_END));
  if (isTiffRaw(format)) return format !== 'rw2' && (await hasPictureBeyondEnd(source));
  return (await findClaimedEnd(source, format)) > source.size;
}

/** Compressed picture data never holds the marker by chance; what comes before the first scan (thumbnails) may. */
async function hasJpegEnd(source: ByteSource): Promise<boolean> {
  for await (const { marker, end } of walkJpegSegments(source)) {
    if (marker === START_OF_SCAN) return await isFoundBehind(source, end, END_OF_IMAGE);
  }
  return false;
}

/** Nearly always it is at the very end; behind it may lie a second picture, a film, or padding. */
async function isFoundBehind(source: ByteSource, offset: number, mark: Buffer): Promise<boolean> {
  for (let end = source.size, bytes = TAIL_BYTES; end > offset; end -= bytes - mark.length, bytes = CHUNK_BYTES) {
    const start = Math.max(offset, end - bytes);
    if ((await source.read(start, end - start)).includes(mark)) return true;
  }
  return false;
}

/** RAW files keep their pictures, and nearly always the sensor's data, in one piece each. Panasonic gives no place for its own. */
async function hasPictureBeyondEnd(source: ByteSource): Promise<boolean> {
  const pictures = (await readTiffImages(source)).flatMap(({ pieces }) => pieces);
  return pictures.some(({ offset, length }) => offset + length > source.size);
}
