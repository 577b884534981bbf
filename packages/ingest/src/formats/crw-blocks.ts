import { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import { readCiffRecords, readCiffValue } from './ciff-records.ts';
import { compactTiff } from './compact-tiff.ts';
import { emptyBlocks, type PhotoBlocks } from './photo-blocks.ts';
import type { ByteRange } from './slice-source.ts';
import { TIFF_ASCII, TIFF_SHORT, TIFF_TAG, type TiffField } from './tiff-types.ts';

/** Tags of CIFF, with the kind of their values. */
const RECORD = { makeAndModel: 0x080a, imageInfo: 0x1810, time: 0x180e, jpeg: 0x2007, thumbnail: 0x2008 } as const;

const MAX_VALUE_BYTES = 256;

/** EXIF orientation by the degrees that the photo is to be turned clockwise. */
const ORIENTATIONS: Readonly<Record<number, number>> = { 0: 1, 90: 6, 180: 3, 270: 8 };

/** Reads Canon's RAW of the years up to 2004 (CRW). It knows no EXIF, so what it says is put into EXIF's terms. */
export async function readCrwBlocks(source: ByteSource): Promise<PhotoBlocks> {
  const blocks = emptyBlocks('crw');
  const records = await readCiffRecords(source);
  const valueAt = async (tag: number) => await readCiffValue(source, records.get(tag), MAX_VALUE_BYTES);
  const [make = '', model = ''] = (await valueAt(RECORD.makeAndModel)).toString('latin1').split('\0');
  const image = [ascii(TIFF_TAG.make, make), ascii(TIFF_TAG.model, model)];
  const info = await valueAt(RECORD.imageInfo);
  if (info.length >= 16) {
    blocks.width = info.readUInt32LE(0);
    blocks.height = info.readUInt32LE(4);
    image.push(short(TIFF_TAG.orientation, ORIENTATIONS[info.readInt32LE(12)] ?? 1));
  }
  const clock = await valueAt(RECORD.time);
  const exif = clock.length >= 4 ? [ascii(TIFF_TAG.dateTimeOriginal, dateOf(clock.readUInt32LE(0)))] : [];
  blocks.exif = compactTiff({ littleEndian: true, image, exif, gps: [] });
  return blocks;
}

/** Where a CRW file keeps its JPEGs. */
export async function findCrwPreviews(source: ByteSource): Promise<ByteRange[]> {
  const records = await readCiffRecords(source);
  return [records.get(RECORD.jpeg), records.get(RECORD.thumbnail)].filter((record) => record !== undefined);
}

/** Seconds since 1970 of a clock without a zone. */
function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ');
}

function ascii(tag: number, text: string): TiffField {
  const value = Buffer.from(`${text}\0`, 'latin1');
  return { tag, type: TIFF_ASCII, count: value.length, value };
}

function short(tag: number, number: number): TiffField {
  const value = Buffer.alloc(2);
  value.writeUInt16LE(number);
  return { tag, type: TIFF_SHORT, count: 1, value };
}
