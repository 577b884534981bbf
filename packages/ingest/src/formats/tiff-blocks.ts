import type { ByteSource } from '../files/byte-source.ts';
import { compactTiff } from './compact-tiff.ts';
import { addXmp, emptyBlocks, type PhotoBlocks } from './photo-blocks.ts';
import { iptcOfPhotoshop } from './photoshop-resources.ts';
import { readTiffFields, type TiffDirectories, u16, u32 } from './read-tiff-fields.ts';
import { TIFF_TAG } from './tiff-types.ts';

/** Reads the directories of a TIFF file. https://www.adobe.io/open/standards/TIFF.html */
export async function readTiffBlocks(source: ByteSource): Promise<PhotoBlocks> {
  const blocks = emptyBlocks('tiff');
  const directories = await readTiffFields(source);
  if (directories === null) return blocks;
  blocks.width = numberOf(directories, TIFF_TAG.imageWidth) ?? 0;
  blocks.height = numberOf(directories, TIFF_TAG.imageLength) ?? 0;
  blocks.exif = compactTiff(directories);
  const bytesOfTag = (tag: number) => directories.image.find((field) => field.tag === tag)?.value ?? null;
  const xmp = bytesOfTag(TIFF_TAG.xmp);
  if (xmp !== null) addXmp(blocks, xmp);
  const photoshop = bytesOfTag(TIFF_TAG.photoshop);
  blocks.iptc = bytesOfTag(TIFF_TAG.iptc) ?? (photoshop && iptcOfPhotoshop(photoshop));
  return blocks;
}

function numberOf({ image, littleEndian }: TiffDirectories, tag: number): number | null {
  const value = image.find((field) => field.tag === tag)?.value;
  if (value?.length === 2) return u16(value, 0, littleEndian);
  return value?.length === 4 ? u32(value, 0, littleEndian) : null;
}
