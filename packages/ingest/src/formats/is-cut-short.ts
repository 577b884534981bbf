import { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import { readBoxes } from './iso-boxes.ts';
import { START_OF_SCAN, walkJpegSegments } from './jpeg-segments.ts';
import { walkPngChunks } from './png-chunks.ts';
import type { PhotoFormat } from './sniff-format.ts';

const CHUNK_BYTES = 1 << 20;
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

/**
 * Whether a file ends before its container does, as after an interrupted copy.
 *
 * Decoders do not tell reliably: a thumbnail needs not all rows, so the end of the data is never missed, and the picture hashes as another photo.
 * TIFF and GIF are left to their decoders.
 */
export async function isCutShort(source: ByteSource, format: PhotoFormat): Promise<boolean> {
  if (format === 'jpeg') return !(await hasJpegEnd(source));
  if (format === 'png') return !(await hasPngEnd(source));
  if (format === 'webp') return (await source.read(4, 4)).readUInt32LE(0) + 8 > source.size;
  if (format === 'heic' || format === 'avif') return await hasBoxBeyondEnd(source);
  return false;
}

/** Compressed picture data never holds the marker by chance; what comes before the first scan (thumbnails) may. */
async function hasJpegEnd(source: ByteSource): Promise<boolean> {
  let offset: number | null = null;
  for await (const { marker, end } of walkJpegSegments(source)) if (marker === START_OF_SCAN) offset = end;
  if (offset === null) return false;
  // Nearly always it is at the very end; behind it may lie a second picture, a film, or padding.
  for (let end = source.size; end > offset; end -= CHUNK_BYTES - 1) {
    const start = Math.max(offset, end - CHUNK_BYTES);
    if ((await source.read(start, end - start)).includes(END_OF_IMAGE)) return true;
  }
  return false;
}

async function hasPngEnd(source: ByteSource): Promise<boolean> {
  for await (const { name } of walkPngChunks(source)) if (name === 'IEND') return true;
  return false;
}

async function hasBoxBeyondEnd(source: ByteSource): Promise<boolean> {
  return (await readBoxes(source, 0, source.size)).some(({ claimedEnd }) => claimedEnd > source.size);
}
