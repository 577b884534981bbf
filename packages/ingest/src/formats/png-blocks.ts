import { Buffer } from 'node:buffer';
import { inflateSync } from 'node:zlib';
import type { ByteSource } from '../files/byte-source.ts';
import { MAX_METADATA_BLOCKS, MAX_XMP_BYTES } from '../model/limits.ts';
import { withoutExifHeader } from './exif-header.ts';
import { addXmp, emptyBlocks, type PhotoBlocks } from './photo-blocks.ts';
import { iptcOfPhotoshop } from './photoshop-resources.ts';
import { walkPngChunks } from './png-chunks.ts';

const TEXT_CHUNKS = new Set(['tEXt', 'zTXt', 'iTXt']);
const XMP_KEYWORD = 'XML:com.adobe.xmp';
const RAW_PROFILE = 'Raw profile type ';
const XMP_HEADER = 'http://ns.adobe.com/xap/1.0/\0';

/** Reads the chunks. Only text and EXIF are opened, never the colour profile: an iCCP bomb of 1.46 MB inflates to gigabytes. */
export async function readPngBlocks(source: ByteSource): Promise<PhotoBlocks> {
  const blocks = emptyBlocks('png');
  const budget: TextBudget = { chunks: MAX_METADATA_BLOCKS, bytes: MAX_XMP_BYTES };
  for await (const { name, start, length } of walkPngChunks(source)) {
    if (length > MAX_XMP_BYTES) continue;
    if (name === 'IHDR') readHeader(blocks, await source.read(start, 13));
    else if (name === 'tIME') readLastChange(blocks, await source.read(start, 7));
    else if (name === 'eXIf') readExifChunk(blocks, await source.read(start, length));
    else if (TEXT_CHUNKS.has(name) && budget.chunks-- > 0) readText(blocks, name, await source.read(start, length), budget);
  }
  return blocks;
}

function readHeader(blocks: PhotoBlocks, header: Buffer): void {
  if (header.length < 13) return;
  blocks.width = header.readUInt32BE(0);
  blocks.height = header.readUInt32BE(4);
  blocks.interlaced = header[12] === 1;
}

/** Replaces what a text chunk may have said. */
function readExifChunk(blocks: PhotoBlocks, chunk: Buffer): void {
  blocks.exif = withoutExifHeader(chunk);
  blocks.obeysExif = true;
}

function readLastChange(blocks: PhotoBlocks, time: Buffer): void {
  if (time.length < 7) return;
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = time.subarray(2);
  const two = (value: number) => String(value).padStart(2, '0');
  blocks.text.tIME = `${time.readUInt16BE(0)}:${two(month)}:${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

/** What the text of one file may still take: a thousand bombs of 4 KB each inflate to 4 GB. */
interface TextBudget {
  chunks: number;
  bytes: number;
}

function readText(blocks: PhotoBlocks, chunk: string, data: Buffer, budget: TextBudget): void {
  const end = data.indexOf(0);
  if (end < 1 || end > 79) return;
  const keyword = data.toString('latin1', 0, end);
  const text = textOf(chunk, data.subarray(end + 1), budget);
  if (text === null || text.length > budget.bytes) return;
  budget.bytes -= text.length;
  if (keyword === XMP_KEYWORD) addXmp(blocks, text);
  else if (keyword.startsWith(RAW_PROFILE)) readRawProfile(blocks, keyword.slice(RAW_PROFILE.length).toLowerCase(), text);
  else blocks.text[keyword] ??= chunk === 'iTXt' ? text.toString('utf8') : text.toString('latin1');
}

/** The text behind the keyword; null when it cannot be inflated within the budget. */
function textOf(chunk: string, data: Buffer, budget: TextBudget): Buffer | null {
  if (chunk === 'tEXt') return Buffer.from(data);
  if (chunk === 'zTXt') return inflateWithin(data.subarray(1), budget);
  const compressed = data[0] === 1;
  const languageEnd = data.indexOf(0, 2);
  const translatedEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  if (translatedEnd < 0) return null;
  const text = data.subarray(translatedEnd + 1);
  return compressed ? inflateWithin(text, budget) : Buffer.from(text);
}

/** PNG viewers show the picture of a file with a bomb or damage in its text all the same. */
function inflateWithin(data: Buffer, budget: TextBudget): Buffer | null {
  if (budget.bytes === 0) return null;
  try {
    return inflateSync(data, { maxOutputLength: budget.bytes });
  } catch (error) {
    const isBomb = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    if (isBomb) budget.bytes = 0;
    return null;
  }
}

/**
 * ImageMagick and exiftool keep foreign metadata as hexadecimal text under a name and a length: `\nIPTC profile\n   1234\n3842...`. Behind it some
 * versions leave what was in their memory.
 */
function readRawProfile(blocks: PhotoBlocks, kind: string, text: Buffer): void {
  const [, length, digits = ''] =
    /^\s*\S[^\n]*\n\s*(\d+)\s+([\s\da-fA-F]+)/.exec(text.toString('latin1').replaceAll('\0', '')) ?? [];
  const bytes = Buffer.from(digits.replace(/\s+/g, ''), 'hex').subarray(0, Number(length));
  if (bytes.length === 0) return;
  if (kind === 'xmp') addXmp(blocks, bytes);
  else if (kind === 'iptc' || kind === '8bim') blocks.iptc ??= iptcOfPhotoshop(bytes) ?? bytes;
  else if (kind === 'exif' || kind === 'app1') {
    if (bytes.toString('latin1', 0, XMP_HEADER.length) === XMP_HEADER) addXmp(blocks, bytes.subarray(XMP_HEADER.length));
    else if (blocks.exif === null) {
      blocks.exif = withoutExifHeader(bytes);
      blocks.obeysExif = false;
    }
  }
}
