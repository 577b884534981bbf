import { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import { TIFF_TYPE_BYTES, type TiffField } from './tiff-types.ts';

/** Fields of one directory that are looked at; cameras write fewer than 100. */
const MAX_FIELDS = 1_000;

/** How the numbers of a TIFF structure are stored, and where. */
export interface TiffLayout {
  source: ByteSource;
  littleEndian: boolean;
  /** BigTIFF: counts and offsets have 8 bytes. */
  big: boolean;
}

/** A field that is not read yet: its value is inside the entry, or `offset` tells where it begins. */
export interface TiffEntry {
  tag: number;
  type: number;
  count: number;
  /** Bytes of the value; infinite for a type that does not exist. */
  length: number;
  offset: number;
  inline: Buffer | null;
}

export interface TiffDirectory {
  entries: TiffEntry[];
  /** Offset of the next directory of the chain; 0 at its end. */
  next: number;
}

/**
 * Reads the header of a TIFF structure; null when there is none. The number behind the byte order is 42 in TIFF and 43 in BigTIFF; RAW formats of
 * Olympus and Panasonic put letters there.
 */
export async function openTiff(source: ByteSource): Promise<{ layout: TiffLayout; first: number } | null> {
  const header = await source.read(0, 16);
  const order = header.toString('latin1', 0, 2);
  if (header.length < 8 || (order !== 'II' && order !== 'MM')) return null;
  const littleEndian = order === 'II';
  const big = u16(header, 2, littleEndian) === 43;
  if (big && header.length < 16) return null;
  return { layout: { source, littleEndian, big }, first: big ? u64(header, 8, littleEndian) : u32(header, 4, littleEndian) };
}

/** The entries of the directory at an offset; null when there can be none. */
export async function readDirectory(layout: TiffLayout, offset: number): Promise<TiffDirectory | null> {
  const { source, littleEndian, big } = layout;
  if (offset < 8 || offset >= source.size) return null;
  const countBytes = big ? 8 : 2;
  const entryBytes = big ? 20 : 12;
  const head = await source.read(offset, countBytes);
  if (head.length < countBytes) return null;
  const claimed = big ? u64(head, 0, littleEndian) : u16(head, 0, littleEndian);
  const count = Math.min(claimed, MAX_FIELDS);
  const table = Buffer.from(await source.read(offset + countBytes, count * entryBytes + 8));
  const entries: TiffEntry[] = [];
  for (let index = 0; index < count && (index + 1) * entryBytes <= table.length; index++) {
    entries.push(entryOf(layout, table.subarray(index * entryBytes, (index + 1) * entryBytes)));
  }
  return { entries, next: claimed === count ? nextOf(layout, table.subarray(count * entryBytes)) : 0 };
}

/** The value of an entry; null when it is empty, longer than `limit` bytes, or not inside the file. */
export async function readValue({ source }: TiffLayout, entry: TiffEntry, limit: number): Promise<TiffField | null> {
  const { tag, type, count, length, offset, inline } = entry;
  if (length === 0 || length > limit) return null;
  // A thousand fields of 4 MB that end beyond the file would be read in vain, one after another.
  if (inline === null && offset + length > source.size) return null;
  const value = inline ?? Buffer.from(await source.read(offset, length));
  return value.length === length ? { tag, type, count, value } : null;
}

/** The whole numbers of a field; none for text, fractions and the like. */
export function numbersOf({ type, count, value }: TiffField, littleEndian: boolean): number[] {
  const size = TIFF_TYPE_BYTES[type] ?? 0;
  const read = WHOLE_NUMBER_TYPES.has(type) ? READ_BY_SIZE[size] : undefined;
  return read === undefined ? [] : Array.from({ length: count }, (_, index) => read(value, index * size, littleEndian));
}

/** BYTE, SHORT, LONG, UNDEFINED, IFD and BigTIFF's LONG8 and IFD8. Some writers call offsets signed (8, 9), which they never are. */
const WHOLE_NUMBER_TYPES: ReadonlySet<number> = new Set([1, 3, 4, 7, 8, 9, 13, 16, 18]);

const READ_BY_SIZE: Readonly<Record<number, (buffer: Buffer, offset: number, littleEndian: boolean) => number>> = {
  1: (buffer, offset) => buffer.readUInt8(offset),
  2: u16,
  4: u32,
  8: u64,
};

function entryOf({ littleEndian, big }: TiffLayout, bytes: Buffer): TiffEntry {
  const type = u16(bytes, 2, littleEndian);
  const count = big ? u64(bytes, 4, littleEndian) : u32(bytes, 4, littleEndian);
  const length = count === 0 ? 0 : (TIFF_TYPE_BYTES[type] ?? Number.POSITIVE_INFINITY) * count;
  const slot = bytes.subarray(big ? 12 : 8);
  const isInline = length <= slot.length;
  const offset = big ? u64(slot, 0, littleEndian) : u32(slot, 0, littleEndian);
  return { tag: u16(bytes, 0, littleEndian), type, count, length, offset, inline: isInline ? slot.subarray(0, length) : null };
}

function nextOf({ littleEndian, big }: TiffLayout, bytes: Buffer): number {
  if (bytes.length < (big ? 8 : 4)) return 0;
  return big ? u64(bytes, 0, littleEndian) : u32(bytes, 0, littleEndian);
}

export function u16(buffer: Buffer, offset: number, littleEndian: boolean): number {
  return littleEndian ? buffer.readUInt16LE(offset) : buffer.readUInt16BE(offset);
}

export function u32(buffer: Buffer, offset: number, littleEndian: boolean): number {
  return littleEndian ? buffer.readUInt32LE(offset) : buffer.readUInt32BE(offset);
}

function u64(buffer: Buffer, offset: number, littleEndian: boolean): number {
  return Number(littleEndian ? buffer.readBigUInt64LE(offset) : buffer.readBigUInt64BE(offset));
}
