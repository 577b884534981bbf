import { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import { MAX_EXIF_VALUE_BYTES, MAX_XMP_BYTES } from '../limits.ts';
import { TIFF_TAG, TIFF_TYPE_BYTES, type TiffField } from './tiff-types.ts';

/** Fields of one directory that are looked at; cameras write fewer than 100. */
const MAX_FIELDS = 1_000;

const LARGE_TAGS: ReadonlySet<number> = new Set([TIFF_TAG.xmp, TIFF_TAG.iptc, TIFF_TAG.photoshop]);

/** The directories of a TIFF structure that describe its first image. */
export interface TiffDirectories {
  littleEndian: boolean;
  image: TiffField[];
  exif: TiffField[];
  gps: TiffField[];
}

/**
 * Reads the image, EXIF and GPS directories of a TIFF structure, wherever in the file they are.
 *
 * Fields whose value does not lie inside the file, or is longer than any description of a photo, are passed over; nothing is followed twice.
 * Returns null when there is no TIFF structure.
 */
export async function readTiffFields(source: ByteSource): Promise<TiffDirectories | null> {
  const header = await source.read(0, 16);
  const order = header.toString('latin1', 0, 2);
  if (header.length < 8 || (order !== 'II' && order !== 'MM')) return null;
  const littleEndian = order === 'II';
  const big = u16(header, 2, littleEndian) === 43;
  if (big && header.length < 16) return null;
  const layout: Layout = { source, littleEndian, big };
  const image = await readDirectory(layout, big ? u64(header, 8, littleEndian) : u32(header, 4, littleEndian));
  if (image === null) return null;
  const at = (tag: number) => pointerOf(image, tag, layout);
  const exif = await readDirectory(layout, at(TIFF_TAG.exifDirectory));
  const gps = await readDirectory(layout, at(TIFF_TAG.gpsDirectory));
  return { littleEndian, image, exif: exif ?? [], gps: gps ?? [] };
}

interface Layout {
  source: ByteSource;
  littleEndian: boolean;
  big: boolean;
}

async function readDirectory(layout: Layout, offset: number): Promise<TiffField[] | null> {
  const { source, littleEndian, big } = layout;
  if (offset < 8 || offset >= source.size) return null;
  const countBytes = big ? 8 : 2;
  const entryBytes = big ? 20 : 12;
  const head = await source.read(offset, countBytes);
  if (head.length < countBytes) return null;
  const count = Math.min(big ? u64(head, 0, littleEndian) : u16(head, 0, littleEndian), MAX_FIELDS);
  const entries = Buffer.from(await source.read(offset + countBytes, count * entryBytes));
  const fields: TiffField[] = [];
  for (let start = 0; start + entryBytes <= entries.length; start += entryBytes) {
    const field = await readField(layout, entries.subarray(start, start + entryBytes));
    if (field !== null) fields.push(field);
  }
  return fields;
}

async function readField({ source, littleEndian, big }: Layout, entry: Buffer): Promise<TiffField | null> {
  const tag = u16(entry, 0, littleEndian);
  const type = u16(entry, 2, littleEndian);
  const count = big ? u64(entry, 4, littleEndian) : u32(entry, 4, littleEndian);
  const length = (TIFF_TYPE_BYTES[type] ?? Number.POSITIVE_INFINITY) * count;
  const limit = LARGE_TAGS.has(tag) ? MAX_XMP_BYTES : MAX_EXIF_VALUE_BYTES;
  if (length === 0 || length > limit) return null;
  const slot = entry.subarray(big ? 12 : 8);
  if (length <= slot.length) return { tag, type, count, value: slot.subarray(0, length) };
  const offset = big ? u64(slot, 0, littleEndian) : u32(slot, 0, littleEndian);
  const value = Buffer.from(await source.read(offset, length));
  return value.length === length ? { tag, type, count, value } : null;
}

function pointerOf(fields: TiffField[], tag: number, { littleEndian }: Layout): number {
  const value = fields.find((field) => field.tag === tag)?.value;
  if (value === undefined || value.length < 4) return 0;
  return value.length >= 8 ? u64(value, 0, littleEndian) : u32(value, 0, littleEndian);
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
