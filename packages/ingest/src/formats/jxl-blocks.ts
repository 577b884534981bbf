import { Buffer } from 'node:buffer';
import { brotliDecompressSync } from 'node:zlib';
import type { ByteSource } from '../files/byte-source.ts';
import { MAX_EXIF_BYTES, MAX_XMP_BYTES } from '../model/limits.ts';
import { tiffOfExifItem } from './exif-item.ts';
import { type IsoBox, readBoxes } from './iso-boxes.ts';
import { PART_NUMBER_BYTES } from './jxl-codestream.ts';
import { isBareCodestream, JXL_HEADER_BYTES, readJxlHeader } from './jxl-header.ts';
import { addXmp, emptyBlocks, type PhotoBlocks } from './photo-blocks.ts';

/** Packed boxes that are opened; encoders write 2 or 3. */
const MAX_PACKED_BOXES = 4;

/** Reads JPEG XL, in its container of boxes or as a bare codestream, which has a size and no metadata. ISO/IEC 18181-2 */
export async function readJxlBlocks(source: ByteSource): Promise<PhotoBlocks> {
  const blocks = emptyBlocks('jxl');
  if (await isBareCodestream(source)) {
    keepSize(blocks, await source.read(0, JXL_HEADER_BYTES));
    return blocks;
  }
  let packedBoxes = 0;
  for (const box of await readBoxes(source, 0, source.size)) {
    if (box.type === 'jxlc') keepSize(blocks, await source.read(box.start, JXL_HEADER_BYTES));
    else if (box.type === 'jxlp') keepSize(blocks, await source.read(box.start + PART_NUMBER_BYTES, JXL_HEADER_BYTES));
    else if (box.type === 'brob' && packedBoxes++ < MAX_PACKED_BOXES) keepBox(blocks, ...(await inflateBox(source, box)));
    else if (LIMITS[box.type] !== undefined) keepBox(blocks, box.type, await readWithin(source, box, LIMITS[box.type] ?? 0));
  }
  return blocks;
}

/** Bytes of the boxes that are read. */
const LIMITS: Readonly<Record<string, number>> = { Exif: MAX_EXIF_BYTES, 'xml ': MAX_XMP_BYTES };

/** The first codestream part has the header; later parts do not begin with its signature. */
function keepSize(blocks: PhotoBlocks, head: Buffer): void {
  const size = blocks.width > 0 ? null : readJxlHeader(head);
  if (size !== null) Object.assign(blocks, size);
}

function keepBox(blocks: PhotoBlocks, type: string, content: Buffer | null): void {
  if (content === null) return;
  if (type === 'Exif') blocks.exif ??= tiffOfExifItem(content);
  else if (type === 'xml ') addXmp(blocks, content);
}

/** A `brob` box holds the type of another box and its content, compressed. */
async function inflateBox(source: ByteSource, box: IsoBox): Promise<[type: string, content: Buffer | null]> {
  const packed = await readWithin(source, box, MAX_XMP_BYTES);
  const type = packed?.toString('latin1', 0, 4) ?? '';
  const maxOutputLength = LIMITS[type];
  if (packed === null || maxOutputLength === undefined) return [type, null];
  try {
    return [type, brotliDecompressSync(packed.subarray(4), { maxOutputLength })];
  } catch {
    return [type, null]; // a bomb or damaged: viewers show the picture all the same
  }
}

async function readWithin(source: ByteSource, { start, end }: IsoBox, limit: number): Promise<Buffer | null> {
  return end - start > limit ? null : Buffer.from(await source.read(start, end - start));
}
