import { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import { MAX_IPTC_BYTES, MAX_XMP_BYTES } from '../model/limits.ts';
import { isFrameHeader, type JpegFrame, readFrame } from './jpeg-frame.ts';
import { walkJpegSegments } from './jpeg-segments.ts';
import { addXmp, emptyBlocks, type PhotoBlocks } from './photo-blocks.ts';
import { iptcOfPhotoshop } from './photoshop-resources.ts';
import { decodePlainText } from './plain-text.ts';

const XMP_HEADER = 'http://ns.adobe.com/xap/1.0/\0';
/** The same with its beginning overwritten, as some program left it in files of 2007. */
const DAMAGED_XMP_HEADER = 'XMP\0://ns.adobe.com/xap/1.0/\0';
const EXTENDED_XMP_HEADER = 'http://ns.adobe.com/xmp/extension/\0';
const CASIO_HEADER = 'QVCI\0';
const PHOTOSHOP_HEADER = 'Photoshop 3.0\0';
/** Length of the GUID, the full length and the offset that precede each part of extended XMP. */
const EXTENDED_XMP_PREFIX_BYTES = 40;

const APP1 = 0xe1;
const APP13 = 0xed;
const COMMENT = 0xfe;

/** Reads the segments in front of the picture data. */
export async function readJpegBlocks(source: ByteSource): Promise<PhotoBlocks> {
  const blocks = emptyBlocks('jpeg');
  const extendedXmp: ExtendedXmp = new Map();
  const photoshop: Buffer[] = [];
  for await (const { marker, start, end } of walkJpegSegments(source)) {
    if (isFrameHeader(marker)) keepFrame(blocks, readFrame(marker, await source.read(start, 5)));
    else if (marker === APP1) readApp1(blocks, extendedXmp, await source.read(start, end - start));
    else if (marker === APP13) readApp13(photoshop, await source.read(start, end - start));
    else if (marker === COMMENT) blocks.text.Comment ??= decodePlainText(await source.read(start, end - start));
  }
  for (const { parts } of extendedXmp.values()) addXmp(blocks, Buffer.concat(parts));
  const resources = Buffer.concat(photoshop);
  if (resources.length <= MAX_IPTC_BYTES) blocks.iptc = iptcOfPhotoshop(resources);
  return blocks;
}

function keepFrame(blocks: PhotoBlocks, frame: JpegFrame | null): void {
  if (frame === null) return;
  blocks.width = frame.width;
  blocks.height = frame.height;
  blocks.interlaced = frame.isProgressive;
}

function readApp1(blocks: PhotoBlocks, extendedXmp: ExtendedXmp, payload: Buffer): void {
  const text = payload.toString('latin1', 0, 80);
  if (text.startsWith('Exif\0')) keepExif(blocks, payload.subarray(6));
  else if (text.startsWith(XMP_HEADER)) addXmp(blocks, Buffer.from(payload.subarray(XMP_HEADER.length)));
  else if (text.startsWith(DAMAGED_XMP_HEADER)) addXmp(blocks, Buffer.from(payload.subarray(DAMAGED_XMP_HEADER.length)));
  else if (text.startsWith(CASIO_HEADER)) blocks.text.CasioDateTime ??= readCasioTime(payload);
  else if (text.startsWith(EXTENDED_XMP_HEADER)) collectExtendedXmp(extendedXmp, payload.subarray(EXTENDED_XMP_HEADER.length));
}

/** Casio's cameras of 1998 wrote no EXIF but a segment of their own, with the time as `1998.10.24.12.08.57` at a fixed place. */
function readCasioTime(payload: Buffer): string {
  const [year, month, day, ...clock] = payload.toString('latin1', 0x4d, 0x4d + 19).split('.');
  return `${year}:${month}:${day} ${clock.join(':')}`;
}

/** The first block that is one: some editors leave an empty one in front of it. */
function keepExif(blocks: PhotoBlocks, block: Buffer): void {
  const isTiff = /^(II|MM)/.test(block.toString('latin1', 0, 2));
  if (blocks.exif === null && isTiff) blocks.exif = Buffer.from(block);
}

/** What is read of XMP that goes over several segments, by its digest. */
type ExtendedXmp = Map<string, { parts: Buffer[]; bytes: number }>;

/** XMP beyond 64 KB is spread over segments, in order, told apart by a digest. */
function collectExtendedXmp(packets: ExtendedXmp, payload: Buffer): void {
  if (payload.length <= EXTENDED_XMP_PREFIX_BYTES) return;
  const digest = payload.toString('latin1', 0, 32);
  const offset = payload.readUInt32BE(36);
  const packet = packets.get(digest) ?? { parts: [], bytes: 0 };
  if (offset !== packet.bytes || packet.bytes + payload.length > MAX_XMP_BYTES) return;
  const part = Buffer.from(payload.subarray(EXTENDED_XMP_PREFIX_BYTES));
  packet.parts.push(part);
  packet.bytes += part.length;
  packets.set(digest, packet);
}

/** One block of Photoshop resources may go over several segments. */
function readApp13(photoshop: Buffer[], payload: Buffer): void {
  if (payload.toString('latin1', 0, PHOTOSHOP_HEADER.length) === PHOTOSHOP_HEADER) {
    photoshop.push(Buffer.from(payload.subarray(PHOTOSHOP_HEADER.length)));
  }
}
