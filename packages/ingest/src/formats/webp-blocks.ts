import { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import { MAX_CONTAINER_STEPS, MAX_EXIF_BYTES, MAX_XMP_BYTES } from '../model/limits.ts';
import { withoutExifHeader } from './exif-header.ts';
import { addXmp, emptyBlocks, type PhotoBlocks } from './photo-blocks.ts';

const CHUNK_NAME = /^[ -~]{3}[ -~\0]$/;

/** Walks the RIFF chunks. https://developers.google.com/speed/webp/docs/riff_container */
export async function readWebpBlocks(source: ByteSource): Promise<PhotoBlocks> {
  const blocks = emptyBlocks('webp');
  let offset = 12;
  for (let step = 0; step < MAX_CONTAINER_STEPS; step++) {
    const head = await source.read(offset, 8);
    if (head.length < 8) break;
    const name = head.toString('latin1', 0, 4);
    if (!CHUNK_NAME.test(name)) break; // padding or rubbish
    const length = head.readUInt32LE(4);
    const start = offset + 8;
    if (name === 'VP8X' || name === 'VP8L' || name === 'VP8 ')
      readSize(blocks, name, await source.read(start, Math.min(length, 10)));
    else if (name === 'EXIF' && length <= MAX_EXIF_BYTES) blocks.exif ??= withoutExifHeader(await source.read(start, length));
    else if (name.startsWith('XMP') && length <= MAX_XMP_BYTES) addXmp(blocks, Buffer.from(await source.read(start, length)));
    offset = start + length + (length % 2);
  }
  return blocks;
}

function readSize(blocks: PhotoBlocks, name: string, data: Buffer): void {
  if (blocks.width > 0) return; // VP8X speaks for the whole canvas and comes first
  if (name === 'VP8X' && data.length >= 10) {
    blocks.width = data.readUIntLE(4, 3) + 1;
    blocks.height = data.readUIntLE(7, 3) + 1;
  } else if (name === 'VP8L' && data.length >= 5) {
    const bits = data.readUInt32LE(1);
    blocks.width = (bits & 0x3fff) + 1;
    blocks.height = ((bits >>> 14) & 0x3fff) + 1;
  } else if (name === 'VP8 ' && data.length >= 10) {
    blocks.width = data.readUInt16LE(6) & 0x3fff;
    blocks.height = data.readUInt16LE(8) & 0x3fff;
  }
}
