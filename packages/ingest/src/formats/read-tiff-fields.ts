import type { ByteSource } from '../files/byte-source.ts';
import { MAX_EXIF_BYTES, MAX_EXIF_VALUE_BYTES, MAX_XMP_BYTES } from '../model/limits.ts';
import { numbersOf, openTiff, readDirectory, readValue, type TiffLayout } from './tiff-directory.ts';
import { TIFF_TAG, type TiffField } from './tiff-types.ts';

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
 * Fields whose value does not lie inside the file, or is longer than any description of a photo, are passed over; so are repeated tags, and what
 * goes beyond the size of any EXIF. Nothing is followed twice.
 * Returns null when there is no TIFF structure.
 */
export async function readTiffFields(source: ByteSource): Promise<TiffDirectories | null> {
  const tiff = await openTiff(source);
  const image = tiff && (await readFields(tiff.layout, tiff.first));
  if (tiff === null || image === null) return null;
  const { littleEndian } = tiff.layout;
  const at = (tag: number) => fieldNumber(image, tag, littleEndian) ?? 0;
  const exif = await readFields(tiff.layout, at(TIFF_TAG.exifDirectory));
  const gps = await readFields(tiff.layout, at(TIFF_TAG.gpsDirectory));
  return { littleEndian, image, exif: exif ?? [], gps: gps ?? [] };
}

/** The readable fields of the directory at an offset, of each tag the first; null when there can be no directory. */
async function readFields(layout: TiffLayout, offset: number): Promise<TiffField[] | null> {
  const directory = await readDirectory(layout, offset);
  if (directory === null) return null;
  const fields = new Map<number, TiffField>();
  let bytes = 0;
  for (const entry of directory.entries) {
    const isLarge = LARGE_TAGS.has(entry.tag);
    const limit = isLarge ? MAX_XMP_BYTES : Math.min(MAX_EXIF_VALUE_BYTES, MAX_EXIF_BYTES - bytes);
    const field = fields.has(entry.tag) ? null : await readValue(layout, entry, limit);
    if (field === null) continue;
    fields.set(entry.tag, field);
    if (!isLarge) bytes += field.value.length;
  }
  return [...fields.values()];
}

/** The first whole number of a tag; null when there is none. */
export function fieldNumber(fields: TiffField[], tag: number, littleEndian: boolean): number | null {
  const field = fields.find((candidate) => candidate.tag === tag);
  return field === undefined ? null : (numbersOf(field, littleEndian)[0] ?? null);
}
