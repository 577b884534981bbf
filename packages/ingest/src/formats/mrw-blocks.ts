import { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import { MAX_EXIF_BYTES, MAX_METADATA_BLOCKS } from '../model/limits.ts';
import { emptyBlocks, type PhotoBlocks } from './photo-blocks.ts';

const FILE_HEADER_BYTES = 8;
const SEGMENT_HEADER_BYTES = 8;

/** Reads Minolta's RAW (MRW): a list of segments, of which one holds the sizes and one EXIF. https://exiftool.org/TagNames/MinoltaRaw.html */
export async function readMrwBlocks(source: ByteSource): Promise<PhotoBlocks> {
  const blocks = emptyBlocks('mrw');
  let offset = FILE_HEADER_BYTES;
  for (let step = 0; step < MAX_METADATA_BLOCKS; step++) {
    const head = await source.read(offset, SEGMENT_HEADER_BYTES);
    if (head.length < SEGMENT_HEADER_BYTES || head[0] !== 0) break;
    const name = head.toString('latin1', 1, 4);
    const length = head.readUInt32BE(4);
    const start = offset + SEGMENT_HEADER_BYTES;
    if (name === 'PRD') keepSize(blocks, await source.read(start, 16));
    else if (name === 'TTW' && length <= MAX_EXIF_BYTES) blocks.exif ??= Buffer.from(await source.read(start, length));
    offset = start + length;
  }
  return blocks;
}

function keepSize(blocks: PhotoBlocks, sizes: Buffer): void {
  if (sizes.length < 16) return;
  blocks.height = sizes.readUInt16BE(12);
  blocks.width = sizes.readUInt16BE(14);
}
