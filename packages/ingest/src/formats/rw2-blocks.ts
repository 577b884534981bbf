import { type ByteSource, bufferSource } from '../files/byte-source.ts';
import { compactTiff } from './compact-tiff.ts';
import { findEmbeddedPreview } from './embedded-preview.ts';
import { readJpegBlocks } from './jpeg-blocks.ts';
import { emptyBlocks, type PhotoBlocks } from './photo-blocks.ts';
import { fieldNumber, readTiffFields, type TiffDirectories } from './read-tiff-fields.ts';
import { sliceSource } from './slice-source.ts';
import { TIFF_TAG, type TiffField } from './tiff-types.ts';

/** Edges of the picture on the sensor. */
const EDGE = { top: 0x0004, left: 0x0005, bottom: 0x0006, right: 0x0007 } as const;

/** Below, the image directory of RW2 has tags of Panasonic's own. */
const FIRST_STANDARD_TAG = TIFF_TAG.make;

/** Reads a RAW file of Panasonic or Leica. It says little itself; the JPEG inside has the EXIF that any JPEG of the camera has. */
export async function readRw2Blocks(source: ByteSource): Promise<PhotoBlocks> {
  const directories = await readTiffFields(source);
  if (directories === null) return emptyBlocks('rw2');
  const { littleEndian } = directories;
  const preview = await findEmbeddedPreview(source, 'rw2');
  const jpeg = preview === null ? emptyBlocks('rw2') : await readJpegBlocks(sliceSource(source, preview));
  const inner = jpeg.exif && (await readTiffFields(bufferSource(jpeg.exif)));
  const own = { ...directories, image: directories.image.filter(({ tag }) => tag >= FIRST_STANDARD_TAG) };
  const joined = inner?.littleEndian === littleEndian ? join(own, inner) : own;
  const edge = (tag: number) => fieldNumber(directories.image, tag, littleEndian) ?? 0;
  return {
    ...jpeg,
    format: 'rw2',
    width: Math.max(0, edge(EDGE.right) - edge(EDGE.left)),
    height: Math.max(0, edge(EDGE.bottom) - edge(EDGE.top)),
    interlaced: false,
    exif: compactTiff(joined),
  };
}

function join(first: TiffDirectories, second: TiffDirectories): TiffDirectories {
  return {
    ...first,
    image: joinFields(first.image, second.image),
    exif: joinFields(first.exif, second.exif),
    gps: joinFields(first.gps, second.gps),
  };
}

/** Where both have a tag, the first's. */
function joinFields(first: TiffField[], second: TiffField[]): TiffField[] {
  const known = new Set(first.map(({ tag }) => tag));
  return [...first, ...second.filter(({ tag }) => !known.has(tag))];
}
