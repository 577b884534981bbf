import type { ByteSource } from '../files/byte-source.ts';
import type { ByteRange } from './slice-source.ts';
import { openTiff, readDirectory, type TiffDirectory, type TiffLayout } from './tiff-directory.ts';
import { lookUpNumbers } from './tiff-lookup.ts';
import { TIFF_TAG } from './tiff-types.ts';

/** Directories of one file that are looked at. RAW files have up to 10, TIFF scans of books thousands of pages. */
const MAX_DIRECTORIES = 32;

/** Pictures beside the main one that one directory may point to. */
const MAX_SUB_DIRECTORIES = 16;

/** Panasonic's and Leica's own tags for a JPEG inside RW2 and RWL. */
const PANASONIC_JPEG_TAGS: ReadonlySet<number> = new Set([0x002e, 0x0127]);

/** Values of `PhotometricInterpretation` that no viewer shows: a colour filter array, and its linear successor. */
const SENSOR_PHOTOMETRICS: ReadonlySet<number> = new Set([32803, 34892]);

/** One of the pictures of a TIFF file: the photo, a smaller copy of it, or the data of the sensor. */
export interface TiffImage {
  /** 0 is the full picture, 1 a smaller copy; null where the directory does not say. */
  subfileType: number | null;
  width: number;
  height: number;
  /** How the numbers of a pixel are meant, e.g. 2 RGB, 6 YCbCr, 32803 sensor data. */
  photometric: number | null;
  /** Parts of the file that hold the picture in one piece, and so may be a JPEG of it. */
  pieces: ByteRange[];
}

/** Whether a picture is the data of a sensor, which makes its file RAW. */
export function isSensorData({ photometric }: TiffImage): boolean {
  return photometric !== null && SENSOR_PHOTOMETRICS.has(photometric);
}

/** The pictures of a TIFF file: the chain of its directories, and those that they point to. Damage ends a chain; loops are not followed. */
export async function readTiffImages(source: ByteSource): Promise<TiffImage[]> {
  const tiff = await openTiff(source);
  if (tiff === null) return [];
  const images: TiffImage[] = [];
  const seen = new Set<number>();
  const waiting = [tiff.first];
  for (let offset = waiting.shift(); offset !== undefined && seen.size < MAX_DIRECTORIES; offset = waiting.shift()) {
    if (seen.has(offset)) continue;
    seen.add(offset);
    const directory = await readDirectory(tiff.layout, offset);
    if (directory === null) continue;
    images.push(await imageOf(tiff.layout, directory));
    waiting.push(...(await lookUpNumbers(tiff.layout, directory, TIFF_TAG.subDirectories)).slice(0, MAX_SUB_DIRECTORIES));
    waiting.push(directory.next);
  }
  return images;
}

async function imageOf(layout: TiffLayout, directory: TiffDirectory): Promise<TiffImage> {
  const number = async (tag: number) => (await lookUpNumbers(layout, directory, tag))[0] ?? null;
  return {
    subfileType: await number(TIFF_TAG.subfileType),
    width: (await number(TIFF_TAG.imageWidth)) ?? 0,
    height: (await number(TIFF_TAG.imageLength)) ?? 0,
    photometric: await number(TIFF_TAG.photometric),
    pieces: [
      ...rangeOf(await number(TIFF_TAG.jpegOffset), await number(TIFF_TAG.jpegByteCount)),
      ...(await singleStrip(layout, directory)),
      ...directory.entries.filter(({ tag }) => PANASONIC_JPEG_TAGS.has(tag)).map(({ offset, length }) => ({ offset, length })),
    ],
  };
}

/** A compressed picture is one strip; several strips are data of which none is a JPEG file. */
async function singleStrip(layout: TiffLayout, directory: TiffDirectory): Promise<ByteRange[]> {
  const offsets = await lookUpNumbers(layout, directory, TIFF_TAG.stripOffsets);
  const counts = await lookUpNumbers(layout, directory, TIFF_TAG.stripByteCounts);
  return offsets.length === 1 && counts.length === 1 ? rangeOf(offsets[0], counts[0]) : [];
}

function rangeOf(offset: number | null | undefined, length: number | null | undefined): ByteRange[] {
  return offset && length ? [{ offset, length }] : [];
}
