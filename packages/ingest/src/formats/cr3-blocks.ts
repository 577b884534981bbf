import { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import { MAX_XMP_BYTES } from '../model/limits.ts';
import { compactTiff } from './compact-tiff.ts';
import { readCr3Parts } from './cr3-boxes.ts';
import { addXmp, emptyBlocks, type PhotoBlocks } from './photo-blocks.ts';
import { fieldNumber, readTiffFields, type TiffDirectories } from './read-tiff-fields.ts';
import { TIFF_TAG } from './tiff-types.ts';

/** Reads a Canon RAW file of the third kind, which keeps each directory in a box of its own. */
export async function readCr3Blocks(source: ByteSource): Promise<PhotoBlocks> {
  const blocks = emptyBlocks('cr3');
  const { image, exif, gps, xmp } = await readCr3Parts(source);
  const directories = await joinDirectories(image, exif, gps);
  if (directories !== null) {
    blocks.width = fieldNumber(directories.image, TIFF_TAG.imageWidth, directories.littleEndian) ?? 0;
    blocks.height = fieldNumber(directories.image, TIFF_TAG.imageLength, directories.littleEndian) ?? 0;
    blocks.exif = compactTiff(directories);
  }
  if (xmp !== null && xmp.length <= MAX_XMP_BYTES) addXmp(blocks, Buffer.from(await source.read(xmp.offset, xmp.length)));
  return blocks;
}

async function joinDirectories(...parts: (ByteSource | null)[]): Promise<TiffDirectories | null> {
  const [image, exif, gps] = await Promise.all(parts.map((part) => part && readTiffFields(part)));
  if (!image) return null;
  const isSameOrder = (other: TiffDirectories | null | undefined) => other?.littleEndian === image.littleEndian;
  return { ...image, exif: isSameOrder(exif) ? (exif?.image ?? []) : [], gps: isSameOrder(gps) ? (gps?.image ?? []) : [] };
}
