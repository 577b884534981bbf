import { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import { MAX_CONTAINER_STEPS, MAX_IPTC_BYTES, MAX_XMP_BYTES } from '../limits.ts';
import { addXmp, emptyBlocks, type PhotoBlocks } from './photo-blocks.ts';
import { iptcOfPhotoshop } from './photoshop-resources.ts';

const XMP_HEADER = 'http://ns.adobe.com/xap/1.0/\0';
const EXTENDED_XMP_HEADER = 'http://ns.adobe.com/xmp/extension/\0';
const PHOTOSHOP_HEADER = 'Photoshop 3.0\0';
/** Length of the GUID, the full length and the offset that precede each part of extended XMP. */
const EXTENDED_XMP_PREFIX_BYTES = 40;

/** How far to look for the next marker where a segment's length leads into rubbish. */
const MAX_RUBBISH_BYTES = 64 * 1024;

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const APP1 = 0xe1;
const APP13 = 0xed;
const COMMENT = 0xfe;

/** Walks the segments in front of the picture data. https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B */
export async function readJpegBlocks(source: ByteSource): Promise<PhotoBlocks> {
  const blocks = emptyBlocks('jpeg');
  const extendedXmp = new Map<string, Buffer[]>();
  const photoshop: Buffer[] = [];
  let offset = 2;
  for (let step = 0; step < MAX_CONTAINER_STEPS; step++) {
    const [prefix, marker = END_OF_IMAGE, high = 0, low = 0] = await source.read(offset, 4);
    if (prefix !== 0xff || marker === 0xff || marker === 0) {
      const next = await nextMarker(source, offset);
      if (next === null) break;
      offset = next;
      continue;
    }
    if (marker === START_OF_SCAN || marker === END_OF_IMAGE) break;
    const length = high * 256 + low;
    if (length < 2) break;
    if (isFrameHeader(marker)) readFrame(blocks, marker, await source.read(offset + 4, 5));
    else if (marker === APP1) readApp1(blocks, extendedXmp, await source.read(offset + 4, length - 2));
    else if (marker === APP13) readApp13(photoshop, await source.read(offset + 4, length - 2));
    else if (marker === COMMENT) blocks.text.Comment ??= (await source.read(offset + 4, length - 2)).toString('utf8');
    offset += 2 + length;
  }
  for (const parts of extendedXmp.values()) addXmp(blocks, Buffer.concat(parts));
  const resources = Buffer.concat(photoshop);
  if (resources.length <= MAX_IPTC_BYTES) blocks.iptc = iptcOfPhotoshop(resources);
  return blocks;
}

/** The next marker behind fill bytes or rubbish, which decoders skip in silence; null when there is none near. */
async function nextMarker(source: ByteSource, offset: number): Promise<number | null> {
  const bytes = await source.read(offset + 1, MAX_RUBBISH_BYTES);
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker !== 0 && marker !== 0xff) return offset + 1 + at;
  }
  return null;
}

/** SOF0..SOF15, without the tables that share the range (DHT, JPG, DAC). */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readFrame(blocks: PhotoBlocks, marker: number, frame: Buffer): void {
  if (frame.length < 5) return;
  blocks.height = frame.readUInt16BE(1);
  blocks.width = frame.readUInt16BE(3);
  blocks.interlaced = [0xc2, 0xc6, 0xca, 0xce].includes(marker);
}

function readApp1(blocks: PhotoBlocks, extendedXmp: Map<string, Buffer[]>, payload: Buffer): void {
  const text = payload.toString('latin1', 0, 80);
  if (text.startsWith('Exif\0')) blocks.exif ??= Buffer.from(payload.subarray(6));
  else if (text.startsWith(XMP_HEADER)) addXmp(blocks, Buffer.from(payload.subarray(XMP_HEADER.length)));
  else if (text.startsWith(EXTENDED_XMP_HEADER)) collectExtendedXmp(extendedXmp, payload.subarray(EXTENDED_XMP_HEADER.length));
}

/** XMP beyond 64 KB is spread over segments, in order, told apart by a digest. */
function collectExtendedXmp(parts: Map<string, Buffer[]>, payload: Buffer): void {
  if (payload.length <= EXTENDED_XMP_PREFIX_BYTES) return;
  const digest = payload.toString('latin1', 0, 32);
  const offset = payload.readUInt32BE(36);
  const known = parts.get(digest) ?? [];
  const filled = known.reduce((sum, { length }) => sum + length, 0);
  if (offset !== filled || filled + payload.length > MAX_XMP_BYTES) return;
  parts.set(digest, [...known, Buffer.from(payload.subarray(EXTENDED_XMP_PREFIX_BYTES))]);
}

/** One block of Photoshop resources may go over several segments. */
function readApp13(photoshop: Buffer[], payload: Buffer): void {
  if (payload.toString('latin1', 0, PHOTOSHOP_HEADER.length) === PHOTOSHOP_HEADER) {
    photoshop.push(Buffer.from(payload.subarray(PHOTOSHOP_HEADER.length)));
  }
}
