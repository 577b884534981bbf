import type { ByteSource } from '../files/byte-source.ts';
import { compactTiff } from './compact-tiff.ts';
import { addXmp, emptyBlocks, type PhotoBlocks } from './photo-blocks.ts';
import type { PhotoFormat } from './photo-formats.ts';
import { iptcOfPhotoshop } from './photoshop-resources.ts';
import { fieldNumber, readTiffFields } from './read-tiff-fields.ts';
import { TIFF_TAG } from './tiff-types.ts';

/** Reads the directories of a TIFF file, or of a RAW file that is built like one. https://www.adobe.io/open/standards/TIFF.html */
export async function readTiffBlocks(source: ByteSource, format: PhotoFormat): Promise<PhotoBlocks> {
  const blocks = emptyBlocks(format);
  const directories = await readTiffFields(source);
  if (directories === null) return blocks;
  const { image, littleEndian } = directories;
  blocks.width = fieldNumber(image, TIFF_TAG.imageWidth, littleEndian) ?? 0;
  blocks.height = fieldNumber(image, TIFF_TAG.imageLength, littleEndian) ?? 0;
  blocks.exif = compactTiff(directories);
  const bytesOfTag = (tag: number) => image.find((field) => field.tag === tag)?.value ?? null;
  const xmp = bytesOfTag(TIFF_TAG.xmp);
  if (xmp !== null) addXmp(blocks, xmp);
  const photoshop = bytesOfTag(TIFF_TAG.photoshop);
  blocks.iptc = bytesOfTag(TIFF_TAG.iptc) ?? (photoshop && iptcOfPhotoshop(photoshop));
  return blocks;
}
