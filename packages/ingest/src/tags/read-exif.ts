import type { Buffer } from 'node:buffer';
import ExifReader from 'exifreader';
import { bufferSource } from '../files/byte-source.ts';
import { compactTiff } from '../formats/compact-tiff.ts';
import { readTiffFields } from '../formats/read-tiff-fields.ts';

/** EXIF tags by their names in the EXIF standard. Rationals are numbers, bytes are numbers in an array. */
export type ExifTags = Record<string, ExifValue>;
export type ExifValue = string | number | (string | number)[];

/**
 * Reads the tags of an EXIF block. exifreader decodes them, but never sees the block itself: that may hold loops and counts of billions.
 *
 * @param block a TIFF structure
 */
export async function readExif(block: Buffer): Promise<ExifTags> {
  const directories = await readTiffFields(bufferSource(block));
  const compact = directories && compactTiff(directories);
  if (compact === null) return {};
  const tags: ExifTags = {};
  for (const [name, tag] of Object.entries(decodeTags(compact))) {
    const value = plainValue(tag);
    if (value !== null && name !== '__proto__') tags[name] = value;
  }
  return tags;
}

/** A block that even so cannot be decoded gives no tags: the photo is worth more than they are. */
function decodeTags(block: Buffer): Record<string, unknown> {
  try {
    return { ...ExifReader.load(block, { expanded: true, computed: true }).exif };
  } catch {
    return {};
  }
}

/** The value with rationals divided out; null for a fraction of zero and for what is neither text nor number. */
function plainValue(tag: unknown): ExifValue | null {
  if (typeof tag !== 'object' || tag === null || !('value' in tag)) return null;
  const value = 'computed' in tag ? tag.computed : tag.value;
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (!Array.isArray(value)) return null;
  const items = value.map((item) => item ?? Number.NaN);
  return items.every((item) => typeof item === 'string' || typeof item === 'number') ? items : null;
}

/** A tag as text up to its first NUL, trimmed; null when it is missing or blank. Some writers store text as bytes; behind the NUL may lie rubbish. */
export function exifText(tags: ExifTags, name: string): string | null {
  const value = tags[name];
  const text = Array.isArray(value) ? textOfList(value) : value;
  const trimmed = text === undefined ? '' : (String(text).split('\0')[0] ?? '').trim();
  return trimmed === '' ? null : trimmed;
}

/** exifreader makes a list of a text with NULs in it. */
function textOfList(list: (string | number)[]): string {
  const bytes = list.filter((item) => typeof item === 'number');
  return bytes.length === list.length ? String.fromCharCode(...bytes.filter((byte) => byte < 256)) : String(list[0]);
}

/** A tag as a finite number; of a list, its first. */
export function exifNumber(tags: ExifTags, name: string): number | null {
  const value = tags[name];
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'number' && Number.isFinite(first) ? first : null;
}
