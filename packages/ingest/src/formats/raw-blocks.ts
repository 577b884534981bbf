import type { ByteSource } from '../files/byte-source.ts';
import type { PhotoBlocks } from './photo-blocks.ts';
import type { RawFormat } from './photo-formats.ts';
import { fieldNumber, readTiffFields } from './read-tiff-fields.ts';
import { readTiffBlocks } from './tiff-blocks.ts';
import { readTiffImages } from './tiff-images.ts';
import { TIFF_TAG } from './tiff-types.ts';

/** Canon and Phase One tell the size of the photo in EXIF only; elsewhere that is the size of a preview. */
const SIZE_IN_EXIF: ReadonlySet<RawFormat> = new Set(['cr2', 'iiq']);

/** `SubfileType` of the picture that the others in the file are copies of. */
const FULL_PICTURE = 0;

/**
 * Reads a RAW file that is built like TIFF. Its first directory often describes a thumbnail, so the size is that of the full picture, as exiftool
 * prints it in `ImageSize`: edges of the sensor that cameras crop off are counted where the directory counts them.
 */
export async function readRawBlocks(source: ByteSource, format: RawFormat): Promise<PhotoBlocks> {
  const blocks = await readTiffBlocks(source, format);
  return { ...blocks, ...((SIZE_IN_EXIF.has(format) ? await exifSize(source) : null) ?? (await fullSize(source)) ?? {}) };
}

type Size = Pick<PhotoBlocks, 'width' | 'height'>;

async function exifSize(source: ByteSource): Promise<Size | null> {
  const directories = await readTiffFields(source);
  if (directories === null) return null;
  const [width, height] = [TIFF_TAG.exifWidth, TIFF_TAG.exifHeight].map((tag) =>
    fieldNumber(directories.exif, tag, directories.littleEndian),
  );
  return width && height ? { width, height } : null;
}

async function fullSize(source: ByteSource): Promise<Size | null> {
  const images = (await readTiffImages(source)).filter(({ width, height }) => width > 0 && height > 0);
  const full = images.find(({ subfileType }) => subfileType === FULL_PICTURE);
  return full === undefined ? null : { width: full.width, height: full.height };
}
