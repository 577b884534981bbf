import { ImageTooLargeError } from '../errors.ts';
import type { ImageFormat } from './image-format.ts';

/** Largest image, in pixels, that is decoded. */
export const MAX_PIXELS = 120_000_000;

/** Largest encoded image, in bytes, that is read. */
export const MAX_FILE_BYTES = 512 * 1024 * 1024;

/** Memory that decoding one image may take, in bytes; leaves room for the rest of a process of 1 GB. */
const MAX_DECODE_BYTES = 720_000_000;

// Peak memory per pixel while decoding to RGB, in bytes, measured with sharp 0.35.5 on 37.5 megapixels in a fresh process:
// baseline JPEG 3.4, PNG 3.4, TIFF 3.4 (streamed: little more than the result), GIF 7.4, WebP 8.2, AVIF 18.5; held as a
// whole: interlaced PNG 6.0 (16-bit 9.1), progressive JPEG 6.4 (without chroma subsampling 9.5), baseline JPEG turned upright 6.3.
const STREAMED_BYTES_PER_PIXEL: Record<ImageFormat, number> = { jpeg: 3.4, png: 3.4, tiff: 3.4, gif: 7.4, webp: 8.2, heif: 18.5 };
const WHOLE_BYTES_PER_PIXEL = 9.5;
const TURNING_BYTES_PER_PIXEL = 3;

/** What an image's header tells about the cost of decoding it. */
export interface ImageHeader {
  format: ImageFormat;
  width: number;
  height: number;
  /** Interlaced PNG or progressive JPEG: decoders must hold all of it. */
  interlaced: boolean;
  /** Whether pixels have to be turned upright. */
  turned: boolean;
}

/**
 * Refuses an image that would take too much memory, before any pixel is decoded.
 *
 * @throws ImageTooLargeError
 */
export function checkDecodeBudget(header: ImageHeader, maxPixels: number): void {
  const { format, width, height, interlaced, turned } = header;
  const pixels = width * height;
  const megapixels = (pixels / 1e6).toFixed(1);
  if (pixels > maxPixels) {
    throw new ImageTooLargeError(
      `The image has ${width} x ${height} pixels (${megapixels} megapixels), the limit is ${(maxPixels / 1e6).toFixed(1)} megapixels.`,
    );
  }
  const streamed = STREAMED_BYTES_PER_PIXEL[format];
  const bytesPerPixel = interlaced
    ? Math.max(streamed, WHOLE_BYTES_PER_PIXEL)
    : streamed + (turned ? TURNING_BYTES_PER_PIXEL : 0);
  if (pixels * bytesPerPixel > MAX_DECODE_BYTES) {
    const limit = (MAX_DECODE_BYTES / bytesPerPixel / 1e6).toFixed(0);
    const kind = interlaced ? `interlaced or progressive ${format}` : format;
    throw new ImageTooLargeError(`The image has ${megapixels} megapixels; as ${kind} at most ${limit} fit into memory.`, {
      remedy: 'Save it without interlacing or smaller.',
    });
  }
}
