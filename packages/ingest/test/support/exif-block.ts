import { Buffer } from 'node:buffer';

/** A value for the EXIF writer of the tests. */
export type TestValue =
  | { ascii: string }
  | { short: number }
  | { signedShorts: number[] }
  | { long: number }
  | { longs: number[] }
  | { rational: [number, number][] }
  | { bytes: number[] };
export type TestFields = Record<number, TestValue>;

export interface TestExif {
  image?: TestFields;
  exif?: TestFields;
  gps?: TestFields;
  byteOrder?: 'II' | 'MM';
}

/** Tags that the tests write, by name. */
export const TAG = {
  description: 0x010e,
  make: 0x010f,
  model: 0x0110,
  orientation: 0x0112,
  dateTime: 0x0132,
  exifPointer: 0x8769,
  gpsPointer: 0x8825,
  dateTimeOriginal: 0x9003,
  dateTimeDigitized: 0x9004,
  timeZoneOffset: 0x882a,
  xpTitle: 0x9c9b,
  xpKeywords: 0x9c9e,
  offsetTime: 0x9010,
  offsetTimeOriginal: 0x9011,
  userComment: 0x9286,
  subSecTimeOriginal: 0x9291,
  lensModel: 0xa434,
} as const;

export const GPS = {
  latitudeRef: 1,
  latitude: 2,
  longitudeRef: 3,
  longitude: 4,
  altitudeRef: 5,
  altitude: 6,
  time: 7,
  date: 29,
} as const;

/** Writes a TIFF structure with an image, an EXIF and a GPS directory. */
export function exifBlock({ image = {}, exif, gps, byteOrder = 'MM' }: TestExif): Buffer {
  const little = byteOrder === 'II';
  const pointers: [number, TestFields][] = [];
  if (exif !== undefined) pointers.push([TAG.exifPointer, exif]);
  if (gps !== undefined) pointers.push([TAG.gpsPointer, gps]);
  const withPointers: TestFields = { ...image, ...Object.fromEntries(pointers.map(([tag]) => [tag, { long: 0 }])) };
  let offset = 8 + directory(withPointers, 8, little).length;
  for (const [tag, fields] of pointers) {
    withPointers[tag] = { long: offset };
    offset += directory(fields, offset, little).length;
  }
  const header = Buffer.alloc(8);
  header.write(byteOrder, 'latin1');
  put(header, little, 2, 42, 2);
  put(header, little, 4, 8, 4);
  const parts = [header, directory(withPointers, 8, little)];
  for (const [, fields] of pointers) parts.push(directory(fields, Buffer.concat(parts).length, little));
  return Buffer.concat(parts);
}

/** Writes a TIFF directory, its values behind it, for a place in the file; `next` is the place of the one that follows in the chain. */
export function directory(fields: TestFields, start: number, little: boolean, next = 0): Buffer {
  const entries = Object.entries(fields).toSorted(([a], [b]) => Number(a) - Number(b));
  const head = Buffer.alloc(2 + entries.length * 12 + 4);
  put(head, little, 0, entries.length, 2);
  put(head, little, head.length - 4, next, 4);
  const values: Buffer[] = [];
  let free = start + head.length;
  for (const [index, [tag, value]] of entries.entries()) {
    const { type, count, bytes } = encode(value, little);
    const at = 2 + index * 12;
    put(head, little, at, Number(tag), 2);
    put(head, little, at + 2, type, 2);
    put(head, little, at + 4, count, 4);
    if (bytes.length <= 4) bytes.copy(head, at + 8);
    else {
      put(head, little, at + 8, free, 4);
      values.push(bytes);
      free += bytes.length;
    }
  }
  return Buffer.concat([head, ...values]);
}

function encode(value: TestValue, little: boolean): { type: number; count: number; bytes: Buffer } {
  if ('ascii' in value) {
    const bytes = Buffer.from(`${value.ascii}\0`, 'utf8');
    return { type: 2, count: bytes.length, bytes };
  }
  if ('bytes' in value) return { type: 7, count: value.bytes.length, bytes: Buffer.from(value.bytes) };
  if ('rational' in value) {
    const bytes = Buffer.alloc(value.rational.length * 8);
    for (const [index, pair] of value.rational.entries())
      for (const [part, number] of pair.entries()) put(bytes, little, index * 8 + part * 4, number, 4);
    return { type: 5, count: value.rational.length, bytes };
  }
  if ('longs' in value) {
    const bytes = Buffer.alloc(value.longs.length * 4);
    for (const [index, number] of value.longs.entries()) put(bytes, little, index * 4, number, 4);
    return { type: 4, count: value.longs.length, bytes };
  }
  if ('signedShorts' in value) {
    const bytes = Buffer.alloc(value.signedShorts.length * 2);
    for (const [index, number] of value.signedShorts.entries()) put(bytes, little, index * 2, number & 0xffff, 2);
    return { type: 8, count: value.signedShorts.length, bytes };
  }
  const size = 'short' in value ? 2 : 4;
  const bytes = Buffer.alloc(size);
  put(bytes, little, 0, 'short' in value ? value.short : value.long, size);
  return { type: size === 2 ? 3 : 4, count: 1, bytes };
}

function put(target: Buffer, little: boolean, offset: number, value: number, size: number): void {
  if (little) target.writeUIntLE(value, offset, size);
  else target.writeUIntBE(value, offset, size);
}
