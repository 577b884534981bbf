import type { ByteSource } from '../files/byte-source.ts';
import { readBmpBlocks } from './bmp-blocks.ts';
import { readCr3Blocks } from './cr3-blocks.ts';
import { readCrwBlocks } from './crw-blocks.ts';
import { readGifBlocks } from './gif-blocks.ts';
import { readHeifBlocks } from './heif-blocks.ts';
import { readJpegBlocks } from './jpeg-blocks.ts';
import { readJxlBlocks } from './jxl-blocks.ts';
import { readMrwBlocks } from './mrw-blocks.ts';
import type { PhotoBlocks } from './photo-blocks.ts';
import type { PhotoFormat } from './photo-formats.ts';
import { readPngBlocks } from './png-blocks.ts';
import { readRafBlocks } from './raf-blocks.ts';
import { readRawBlocks } from './raw-blocks.ts';
import { readRw2Blocks } from './rw2-blocks.ts';
import { readTiffBlocks } from './tiff-blocks.ts';
import { readWebpBlocks } from './webp-blocks.ts';

/** Cuts the metadata out of a photo file. Damaged containers give what comes before the damage. */
export async function readBlocks(source: ByteSource, format: PhotoFormat): Promise<PhotoBlocks> {
  switch (format) {
    case 'jpeg':
      return await readJpegBlocks(source);
    case 'png':
      return await readPngBlocks(source);
    case 'webp':
      return await readWebpBlocks(source);
    case 'heic':
    case 'avif':
      return await readHeifBlocks(source, format);
    case 'tiff':
      return await readTiffBlocks(source, format);
    case 'gif':
      return await readGifBlocks(source);
    case 'bmp':
      return await readBmpBlocks(source);
    case 'jxl':
      return await readJxlBlocks(source);
    case 'raf':
      return await readRafBlocks(source);
    case 'crw':
      return await readCrwBlocks(source);
    case 'mrw':
      return await readMrwBlocks(source);
    case 'cr3':
      return await readCr3Blocks(source);
    case 'rw2':
      return await readRw2Blocks(source);
    default:
      return await readRawBlocks(source, format);
  }
}
