import type { ByteSource } from '../files/byte-source.ts';
import { readGifBlocks } from './gif-blocks.ts';
import { readHeifBlocks } from './heif-blocks.ts';
import { readJpegBlocks } from './jpeg-blocks.ts';
import type { PhotoBlocks } from './photo-blocks.ts';
import { readPngBlocks } from './png-blocks.ts';
import type { PhotoFormat } from './sniff-format.ts';
import { readTiffBlocks } from './tiff-blocks.ts';
import { readWebpBlocks } from './webp-blocks.ts';

const READERS: Readonly<Record<PhotoFormat, (source: ByteSource) => Promise<PhotoBlocks>>> = {
  jpeg: readJpegBlocks,
  png: readPngBlocks,
  webp: readWebpBlocks,
  heic: (source) => readHeifBlocks(source, 'heic'),
  avif: (source) => readHeifBlocks(source, 'avif'),
  tiff: readTiffBlocks,
  gif: readGifBlocks,
};

/** Cuts the metadata out of a photo file. Damaged containers give what comes before the damage. */
export async function readBlocks(source: ByteSource, format: PhotoFormat): Promise<PhotoBlocks> {
  return await READERS[format](source);
}
