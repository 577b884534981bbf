import { IngestError } from '../model/ingest-error.ts';
import {
  BMP_WEIGHT,
  HEIC_WEIGHT,
  INTERLACED_WEIGHT,
  JXL_WEIGHT,
  MAX_PIXELS,
  MAX_ROW_PIXELS,
  MAX_SHRUNK_PIXELS,
  MAX_STREAMED_PIXELS,
} from '../model/limits.ts';
import type { BesideFormat } from './beside-formats.ts';
import type { PictureHeader } from './open-picture.ts';

/** Formats whose decoders hold the whole picture, as interlaced PNG and progressive JPEG do. */
const HELD_WHOLE = new Set(['webp', 'heif', 'gif']);

/** Formats that are scaled down while they are decoded, row by row. libjpeg scales by up to 8 before it has a pixel. */
const STREAMED = new Set(['jpeg', 'png']);

const BESIDE_WEIGHTS: Readonly<Record<BesideFormat, number>> = { heic: HEIC_WEIGHT, jxl: JXL_WEIGHT, bmp: BMP_WEIGHT };

/** What it takes to decode an image. */
export interface DecodingCost {
  /** Pixels that count against the budget of all images. */
  weight: number;
  /** Its sides are to be divided by this while it is decoded; 1 where all of its pixels fit. */
  shrink: number;
}

/**
 * Refuses what would not fit into memory even alone.
 *
 * @throws {IngestError} `IMAGE_TOO_LARGE`
 */
export function weighImage(header: PictureHeader & { beside: BesideFormat | null }, name: string): DecodingCost {
  const { width, height, format, isProgressive, depth, beside } = header;
  const isHeld = isProgressive === true || HELD_WHOLE.has(format);
  const samples = width * height * (isHeld && depth === 'ushort' ? 2 : 1);
  const limit = !isHeld && beside === null && STREAMED.has(format) ? MAX_STREAMED_PIXELS : MAX_PIXELS;
  if (samples > limit || width > MAX_ROW_PIXELS) {
    throw new IngestError(
      'IMAGE_TOO_LARGE',
      `${name} has ${width}x${height} pixels; photoorg decodes up to ${limit} of its kind, and ${MAX_ROW_PIXELS} in a row.`,
      { remedy: 'Scale it down to see all of it.' },
    );
  }
  if (beside !== null) return { weight: samples * BESIDE_WEIGHTS[beside], shrink: 1 };
  if (samples > MAX_PIXELS)
    return { weight: MAX_SHRUNK_PIXELS, shrink: 2 ** Math.ceil(Math.log2(samples / MAX_SHRUNK_PIXELS) / 2) };
  // Its coefficients are all in memory; all of its pixels need not be there beside them, and again for the faces.
  const shrink = format === 'jpeg' && isHeld && samples > MAX_SHRUNK_PIXELS ? 2 : 1;
  return { weight: samples * (isHeld ? INTERLACED_WEIGHT : 1), shrink };
}
