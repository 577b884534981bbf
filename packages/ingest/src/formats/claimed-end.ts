import type { ByteSource } from '../files/byte-source.ts';
import { bmpRowBytes, readBmpHeader } from './bmp-header.ts';
import { readBoxes } from './iso-boxes.ts';
import { isBareCodestream } from './jxl-header.ts';
import type { PhotoFormat } from './photo-formats.ts';
import { readTiffFields, type TiffDirectories } from './read-tiff-fields.ts';
import { numbersOf } from './tiff-directory.ts';
import { TIFF_TAG } from './tiff-types.ts';

/** Where a file ends by what its container says; 0 for containers that do not say. */
export async function findClaimedEnd(source: ByteSource, format: PhotoFormat): Promise<number> {
  if (format === 'webp') {
    const head = await source.read(4, 4);
    return head.length < 4 ? 0 : head.readUInt32LE(0) + 8;
  }
  if (format === 'bmp') {
    const header = await readBmpHeader(source);
    return header?.compression === 0 ? header.pixelOffset + bmpRowBytes(header) * header.height : 0;
  }
  if (format === 'heic' || format === 'avif' || format === 'cr3') return await endOfBoxes(source);
  if (format === 'jxl') return (await isBareCodestream(source)) ? 0 : await endOfBoxes(source);
  return format === 'tiff' ? await endOfStrips(source) : 0;
}

async function endOfBoxes(source: ByteSource): Promise<number> {
  return (await readBoxes(source, 0, source.size)).reduce((end, { claimedEnd }) => Math.max(end, claimedEnd), 0);
}

/** TIFF says of each strip or tile of the picture where it lies. */
async function endOfStrips(source: ByteSource): Promise<number> {
  const directories = await readTiffFields(source);
  if (directories === null) return 0;
  const { stripOffsets, stripByteCounts, tileOffsets, tileByteCounts } = TIFF_TAG;
  const ends = [
    [stripOffsets, stripByteCounts],
    [tileOffsets, tileByteCounts],
  ].flatMap(([offsetsTag = 0, countsTag = 0]) => {
    const counts = numbersOfTag(directories, countsTag);
    return numbersOfTag(directories, offsetsTag).map((offset, index) => offset + (counts[index] ?? 0));
  });
  return ends.reduce((last, end) => Math.max(last, end), 0);
}

function numbersOfTag({ image, littleEndian }: TiffDirectories, tag: number): number[] {
  const field = image.find((candidate) => candidate.tag === tag);
  return field === undefined ? [] : numbersOf(field, littleEndian);
}
