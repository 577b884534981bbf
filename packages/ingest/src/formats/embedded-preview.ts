import { type ByteSource, bufferSource } from '../files/byte-source.ts';
import { MAX_PREVIEW_BYTES } from '../model/limits.ts';
import { readCr3Parts } from './cr3-boxes.ts';
import { findCrwPreviews, readCrwBlocks } from './crw-blocks.ts';
import { readJpegBlocks } from './jpeg-blocks.ts';
import { type JpegFrame, readJpegFrame } from './jpeg-frame.ts';
import { findOlympusPreview } from './olympus-preview.ts';
import { isTiffRaw, type PhotoFormat } from './photo-formats.ts';
import { readRafHeader } from './raf-header.ts';
import { type ByteRange, sliceSource } from './slice-source.ts';
import { openTiff, readDirectory } from './tiff-directory.ts';
import { isSensorData, readTiffImages } from './tiff-images.ts';
import { lookUpNumbers } from './tiff-lookup.ts';
import { TIFF_TAG } from './tiff-types.ts';

/** JPEGs of one file that are looked at, the longest first. Cameras write up to 5. */
const MAX_CANDIDATES = 12;

/** How far into a JPEG its size is looked for; in front of it may lie EXIF, a colour profile and a thumbnail. */
const MAX_HEAD_BYTES = 1024 * 1024;

/** A JPEG inside a RAW file: the camera's own rendering of the photo. */
export interface EmbeddedPreview extends ByteRange {
  /** EXIF orientation 1..8 to give its pixels as they are stored. Any EXIF inside the JPEG is not to be obeyed on top. */
  orientation: number;
}

/**
 * Finds the largest JPEG that a RAW file carries of its photo, by pixels; null when it carries none, and for files that are no RAW.
 *
 * Only what proves to be a JPEG that viewers show is taken: cameras also keep the sensor's data as (lossless) JPEG. Smaller than the photo it may be:
 * 1620 pixels wide in CR3 without a full-size track, 160 in old files.
 *
 * @param source the whole file
 * @param format what `recognizeFormat` says; `tiff` serves for RAW formats that are TIFF to their first bytes
 */
export async function findEmbeddedPreview(source: ByteSource, format: PhotoFormat): Promise<EmbeddedPreview | null> {
  const { ranges, orientation } = await candidatesOf(source, format);
  let best: { range: ByteRange; pixels: number } | null = null;
  const candidates = ranges
    .map(({ offset, length }) => ({ offset, length: Math.min(length, source.size - offset) }))
    .filter(({ length }) => length > 0 && length <= MAX_PREVIEW_BYTES)
    .toSorted((a, b) => b.length - a.length);
  for (const range of candidates.slice(0, MAX_CANDIDATES)) {
    const head = { ...range, length: Math.min(range.length, MAX_HEAD_BYTES) };
    const frame = await readJpegFrame(sliceSource(source, head));
    const pixels = frame !== null && isShown(frame) ? frame.width * frame.height : 0;
    if (pixels > (best?.pixels ?? 0)) best = { range, pixels };
  }
  return best === null ? null : { ...best.range, orientation };
}

function isShown({ isLossless, bits }: JpegFrame): boolean {
  return !isLossless && bits === 8;
}

interface Candidates {
  ranges: ByteRange[];
  orientation: number;
}

const NONE: Candidates = { ranges: [], orientation: 1 };

async function candidatesOf(source: ByteSource, format: PhotoFormat): Promise<Candidates> {
  switch (format) {
    case 'raf':
      return await candidatesOfRaf(source);
    case 'crw': {
      const { exif } = await readCrwBlocks(source);
      const orientation = exif === null ? 1 : await orientationOf(bufferSource(exif));
      return { ranges: await findCrwPreviews(source), orientation };
    }
    case 'cr3': {
      const { jpegs, image } = await readCr3Parts(source);
      return { ranges: jpegs, orientation: image === null ? 1 : await orientationOf(image) };
    }
    case 'orf': {
      const ranges = [...(await findOlympusPreview(source)), ...(await jpegsOfTiff(source))];
      return { ranges, orientation: await orientationOf(source) };
    }
    case 'tiff':
      return (await readTiffImages(source)).some(isSensorData) ? await candidatesOfTiff(source) : NONE;
    default:
      return isTiffRaw(format) ? await candidatesOfTiff(source) : NONE;
  }
}

/** The JPEG of a RAF file is the camera's own, and the only one to say which way is up. */
async function candidatesOfRaf(source: ByteSource): Promise<Candidates> {
  const header = await readRafHeader(source);
  if (header === null) return NONE;
  const { exif } = await readJpegBlocks(sliceSource(source, header.jpeg));
  return { ranges: [header.jpeg], orientation: exif === null ? 1 : await orientationOf(bufferSource(exif)) };
}

async function candidatesOfTiff(source: ByteSource): Promise<Candidates> {
  return { ranges: await jpegsOfTiff(source), orientation: await orientationOf(source) };
}

async function jpegsOfTiff(source: ByteSource): Promise<ByteRange[]> {
  const images = await readTiffImages(source);
  return images.filter((image) => !isSensorData(image)).flatMap(({ pieces }) => pieces);
}

async function orientationOf(tiff: ByteSource): Promise<number> {
  const opened = await openTiff(tiff);
  const directory = opened && (await readDirectory(opened.layout, opened.first));
  const [stated = 1] = opened && directory ? await lookUpNumbers(opened.layout, directory, TIFF_TAG.orientation) : [];
  return stated >= 1 && stated <= 8 ? stated : 1;
}
