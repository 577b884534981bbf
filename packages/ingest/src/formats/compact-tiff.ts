import { Buffer } from 'node:buffer';
import { MAX_EXIF_BYTES } from '../model/limits.ts';
import type { TiffDirectories } from './read-tiff-fields.ts';
import { TIFF_LONG, TIFF_SIGNED_LONG, TIFF_SIGNED_SHORT, TIFF_TAG, type TiffField } from './tiff-types.ts';

const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
/** Types above 13 are BigTIFF's and mean nothing in a classic file. */
const LAST_CLASSIC_TYPE = 13;

const NOT_COPIED: ReadonlySet<number> = new Set([
  TIFF_TAG.xmp,
  TIFF_TAG.iptc,
  TIFF_TAG.photoshop,
  TIFF_TAG.subDirectories,
  TIFF_TAG.exifDirectory,
  TIFF_TAG.gpsDirectory,
]);

/**
 * Writes the directories anew as a small, well-formed TIFF structure for a tag decoder.
 *
 * The decoder then never meets loops, overlapping values, counts of four billion or a 200 MB raster, and BigTIFF reads like TIFF.
 */
export function compactTiff(directories: TiffDirectories): Buffer | null {
  const { littleEndian } = directories;
  const exif = directories.exif.filter(isCopied).map((field) => widened(field, littleEndian));
  const gps = directories.gps.filter(isCopied);
  const pointers = [
    { tag: TIFF_TAG.exifDirectory, fields: exif },
    { tag: TIFF_TAG.gpsDirectory, fields: gps },
  ].filter(({ fields }) => fields.length > 0);
  const image = [...directories.image.filter(isCopied), ...pointers.map(({ tag }) => longField(tag, 0, littleEndian))];
  let offset = HEADER_BYTES + directoryBytes(image);
  for (const { tag, fields } of pointers) {
    image[image.findIndex((field) => field.tag === tag)] = longField(tag, offset, littleEndian);
    offset += directoryBytes(fields);
  }
  if (offset > MAX_EXIF_BYTES) return null;
  const target = Buffer.alloc(offset);
  const write = writer(target, littleEndian);
  target.write(littleEndian ? 'II' : 'MM', 'latin1');
  write.u16(42, 2);
  write.u32(HEADER_BYTES, 4);
  let at = HEADER_BYTES;
  for (const fields of [image, ...pointers.map((pointer) => pointer.fields)]) at = writeDirectory(write, target, at, fields);
  return target;
}

function isCopied(field: TiffField): boolean {
  return field.type <= LAST_CLASSIC_TYPE && !NOT_COPIED.has(field.tag);
}

/** exifreader passes over signed shorts, in which `TimeZoneOffset` is written; it does read signed longs. */
function widened(field: TiffField, littleEndian: boolean): TiffField {
  if (field.type !== TIFF_SIGNED_SHORT) return field;
  const count = Math.floor(field.value.length / 2);
  const value = Buffer.alloc(count * 4);
  for (let index = 0; index < count; index++) {
    if (littleEndian) value.writeInt32LE(field.value.readInt16LE(index * 2), index * 4);
    else value.writeInt32BE(field.value.readInt16BE(index * 2), index * 4);
  }
  return { ...field, type: TIFF_SIGNED_LONG, count, value };
}

function directoryBytes(fields: TiffField[]): number {
  const values = fields.reduce((sum, { value }) => sum + (value.length > 4 ? value.length : 0), 0);
  return 2 + fields.length * ENTRY_BYTES + 4 + values;
}

function writeDirectory(write: Writer, target: Buffer, start: number, fields: TiffField[]): number {
  write.u16(fields.length, start);
  let entry = start + 2;
  let values = entry + fields.length * ENTRY_BYTES + 4;
  for (const { tag, type, count, value } of fields) {
    write.u16(tag, entry);
    write.u16(type, entry + 2);
    write.u32(count, entry + 4);
    if (value.length <= 4) value.copy(target, entry + 8);
    else {
      write.u32(values, entry + 8);
      value.copy(target, values);
      values += value.length;
    }
    entry += ENTRY_BYTES;
  }
  return values;
}

interface Writer {
  u16(value: number, offset: number): void;
  u32(value: number, offset: number): void;
}

function writer(target: Buffer, littleEndian: boolean): Writer {
  return littleEndian
    ? { u16: (value, at) => target.writeUInt16LE(value, at), u32: (value, at) => target.writeUInt32LE(value, at) }
    : { u16: (value, at) => target.writeUInt16BE(value, at), u32: (value, at) => target.writeUInt32BE(value, at) };
}

function longField(tag: number, value: number, littleEndian: boolean): TiffField {
  const bytes = Buffer.alloc(4);
  writer(bytes, littleEndian).u32(value, 0);
  return { tag, type: TIFF_LONG, count: 1, value: bytes };
}
