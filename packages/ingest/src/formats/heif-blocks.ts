import { Buffer } from 'node:buffer';
import { type ByteSource, bufferSource } from '../files/byte-source.ts';
import { MAX_EXIF_BYTES, MAX_XMP_BYTES } from '../model/limits.ts';
import { tiffOfExifItem } from './exif-item.ts';
import { type HeifItem, readHeifItems } from './heif-items.ts';
import { readHeifSequenceSize } from './heif-sequence.ts';
import { readHeifTransform } from './heif-transform.ts';
import { readBoxes } from './iso-boxes.ts';
import { addXmp, emptyBlocks, type PhotoBlocks } from './photo-blocks.ts';

/** The `meta` box of a HEIF file lists items; it is a few hundred KB even for tiled 50 MP images. */
const MAX_META_BYTES = 16 * 1024 * 1024;

/** Items of metadata that are read; phones and editors write up to 4. They may all lie on the same 4 MB. */
const MAX_METADATA_ITEMS = 32;

/** Reads the `meta` box of HEIC, HEIF and AVIF files. ISO/IEC 23008-12 and 14496-12 */
export async function readHeifBlocks(source: ByteSource, format: 'heic' | 'avif'): Promise<PhotoBlocks> {
  const blocks = emptyBlocks(format);
  const meta = await readHeifMeta(source);
  // A sequence may be a film without a still picture.
  if (meta === null) return { ...blocks, ...(await readHeifSequenceSize(source)) };
  const { primaryId, items, itemData } = await readHeifItems(meta);
  const { isTurned, ...size } = await readHeifTransform(meta, primaryId);
  const isSized = size.width > 0 && size.height > 0;
  Object.assign(blocks, isSized ? size : await readHeifSequenceSize(source), { obeysExif: blocks.obeysExif && !isTurned });
  for (const item of items.filter(isMetadata).slice(0, MAX_METADATA_ITEMS)) await readItem(source, blocks, item, itemData);
  return blocks;
}

/** The content of the `meta` box of a file; null where there is none, or more than any photo has. */
export async function readHeifMeta(source: ByteSource): Promise<ByteSource | null> {
  const box = (await readBoxes(source, 0, source.size)).find(({ type }) => type === 'meta');
  if (box === undefined || box.end - box.start > MAX_META_BYTES) return null;
  return bufferSource(Buffer.from(await source.read(box.start, box.end - box.start)));
}

function isMetadata(item: HeifItem): boolean {
  return item.type === 'Exif' || isXmpItem(item);
}

function isXmpItem({ type, contentType }: HeifItem): boolean {
  return type === 'mime' && contentType === 'application/rdf+xml';
}

async function readItem(source: ByteSource, blocks: PhotoBlocks, item: HeifItem, itemData: Buffer): Promise<void> {
  const isXmp = isXmpItem(item);
  if (!isXmp && blocks.exif !== null) return;
  const limit = isXmp ? MAX_XMP_BYTES : MAX_EXIF_BYTES;
  const total = item.extents.reduce((sum, { length }) => sum + length, 0);
  if (total === 0 || total > limit) return;
  const parts: Buffer[] = [];
  for (const { offset, length } of item.extents) {
    parts.push(item.inItemData ? itemData.subarray(offset, offset + length) : Buffer.from(await source.read(offset, length)));
  }
  const data = Buffer.concat(parts);
  if (isXmp) addXmp(blocks, data);
  else blocks.exif = tiffOfExifItem(data);
}
