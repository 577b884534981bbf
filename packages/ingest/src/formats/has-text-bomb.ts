import type { ByteSource } from '../files/byte-source.ts';
import { walkPngChunks } from './png-chunks.ts';

/** Bytes that the packed texts of one PNG may inflate to. Photos have up to a dozen of a few KB. */
const MAX_INFLATED_BYTES = 256 * 1024 * 1024;

/** libpng inflates no text beyond this, but keeps up to a thousand texts: a file of 4 MB took 1.9 GB to decode. */
const LIBPNG_TEXT_BYTES = 8_000_000;

/** The best that deflate can do. https://www.zlib.net/zlib_tech.html */
const MAX_DEFLATE_RATIO = 1_032;

/** Bytes that the keyword of a text, its end and the flag of compression take at most. */
const TEXT_HEAD_BYTES = 81;

/** Whether a decoder that keeps the texts of a PNG, as all do, may run out of memory by them. */
export async function hasTextBomb(source: ByteSource): Promise<boolean> {
  let inflated = 0;
  for await (const { name, start, length } of walkPngChunks(source)) {
    if (name !== 'zTXt' && name !== 'iTXt') continue;
    const head = await source.read(start, Math.min(length, TEXT_HEAD_BYTES));
    const isPacked = name === 'zTXt' || head[head.indexOf(0) + 1] === 1;
    if (isPacked) inflated += Math.min(length * MAX_DEFLATE_RATIO, LIBPNG_TEXT_BYTES);
    if (inflated > MAX_INFLATED_BYTES) return true;
  }
  return false;
}
