import type { ByteSource } from '../files/byte-source.ts';
import { MAX_METADATA_BLOCKS } from '../model/limits.ts';
import { readJpegBlocks } from './jpeg-blocks.ts';
import { emptyBlocks, type PhotoBlocks } from './photo-blocks.ts';
import { readRafHeader } from './raf-header.ts';
import { type ByteRange, sliceSource } from './slice-source.ts';

/** Size of the picture inside the sensor's edges; of the whole sensor. Height comes first. */
const CROPPED_SIZE = 0x0111;
const FULL_SIZE = 0x0100;

/** Reads a Fujifilm RAW file: its metadata are those of the JPEG inside, its size is in the sensor's settings. */
export async function readRafBlocks(source: ByteSource): Promise<PhotoBlocks> {
  const header = await readRafHeader(source);
  if (header === null) return emptyBlocks('raf');
  const jpeg = await readJpegBlocks(sliceSource(source, header.jpeg));
  const sizes = await readSizes(source, header.settings);
  const { width, height } = sizes.get(CROPPED_SIZE) ?? sizes.get(FULL_SIZE) ?? jpeg;
  return { ...jpeg, format: 'raf', width, height, interlaced: false };
}

/** The settings that are a height and a width, by tag. */
async function readSizes(source: ByteSource, settings: ByteRange): Promise<Map<number, { width: number; height: number }>> {
  const sizes = new Map<number, { width: number; height: number }>();
  const list = sliceSource(source, settings);
  const head = await list.read(0, 4);
  const count = head.length < 4 ? 0 : Math.min(head.readUInt32BE(0), MAX_METADATA_BLOCKS);
  let offset = 4;
  for (let index = 0; index < count; index++) {
    const entry = await list.read(offset, 8);
    if (entry.length < 8) break;
    const length = entry.readUInt16BE(2);
    if (length === 4) sizes.set(entry.readUInt16BE(0), { height: entry.readUInt16BE(4), width: entry.readUInt16BE(6) });
    offset += 4 + length;
  }
  return sizes;
}
