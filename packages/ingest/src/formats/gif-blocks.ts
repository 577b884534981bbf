import { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import { MAX_CONTAINER_STEPS, MAX_XMP_BYTES } from '../model/limits.ts';
import { addXmp, emptyBlocks, type PhotoBlocks } from './photo-blocks.ts';
import { decodePlainText } from './plain-text.ts';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const APPLICATION = 0xff;
const COMMENT = 0xfe;
/** XMP is written raw, then 258 bytes that let an old reader fall out of it as if it were sub-blocks. */
const XMP_TRAILER_BYTES = 258;

/** Walks the blocks of a GIF. https://www.w3.org/Graphics/GIF/spec-gif89a.txt; XMP specification part 3, 1.1.2 */
export async function readGifBlocks(source: ByteSource): Promise<PhotoBlocks> {
  const blocks = emptyBlocks('gif');
  const screen = await source.read(6, 7);
  if (screen.length < 7) return blocks;
  blocks.width = screen.readUInt16LE(0);
  blocks.height = screen.readUInt16LE(2);
  let offset = 13 + colourTableBytes(screen[4] ?? 0);
  for (let step = 0; step < MAX_CONTAINER_STEPS; step++) {
    const head = await source.read(offset, 14);
    const [kind, label] = head;
    if (kind === IMAGE) offset = await afterSubBlocks(source, offset + 11 + colourTableBytes(head[9] ?? 0));
    else if (kind === EXTENSION && label === APPLICATION && head.toString('latin1', 3, 14) === 'XMP DataXMP') {
      const { packet, next } = await readRawXmp(source, offset + 14);
      if (packet.length <= MAX_XMP_BYTES) addXmp(blocks, packet);
      offset = next;
    } else if (kind === EXTENSION) {
      if (label === COMMENT) blocks.text.Comment ??= decodePlainText(await source.read(offset + 3, head[2] ?? 0));
      offset = await afterSubBlocks(source, offset + 2);
    } else break;
    if (offset === Number.POSITIVE_INFINITY) break;
  }
  return blocks;
}

function colourTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

async function afterSubBlocks(source: ByteSource, start: number): Promise<number> {
  let offset = start;
  for (let step = 0; step < MAX_CONTAINER_STEPS; step++) {
    const [length] = await source.read(offset, 1);
    if (length === undefined) return Number.POSITIVE_INFINITY;
    offset += 1 + length;
    if (length === 0) return offset;
  }
  return Number.POSITIVE_INFINITY;
}

async function readRawXmp(source: ByteSource, start: number): Promise<{ packet: Buffer; next: number }> {
  const next = await afterSubBlocks(source, start);
  const end = Math.min(next, source.size) - XMP_TRAILER_BYTES;
  const length = Math.min(Math.max(0, end - start), MAX_XMP_BYTES + 1);
  return { packet: Buffer.from(await source.read(start, length)), next };
}
