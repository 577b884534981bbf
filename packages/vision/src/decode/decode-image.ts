import { open } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp';
import { ImageTooLargeError, ImageUnreadableError } from '../errors.ts';
import { checkDecodeOptions, type DecodeOptions } from '../options/decode-options.ts';
import type { ImageInput, RgbImage } from '../rgb-image.ts';
import { checkImageInput } from './check-image-input.ts';
import { checkDecodeBudget, MAX_FILE_BYTES, MAX_PIXELS } from './decode-budget.ts';
import { remainingHeifOrientation } from './heif-orientation.ts';
import { type ImageFormat, sniffImageFormat } from './image-format.ts';
import { turnUpright } from './turn-upright.ts';

/** A photo of 120 megapixels takes a second or two; what takes longer than this is made to. */
const DECODE_TIMEOUT_SECONDS = 20;

const FIRST_TURNED_ORIENTATION = 2;

const SHARP_OPTIONS: SharpOptions = {
  autoOrient: true,
  // dlib and Python face_recognition read the stored values and know no colour profiles; embeddings must see the same.
  ignoreIcc: true,
  // Truncated and broken files are reported, while the harmless oddities of many cameras are not.
  failOn: 'error',
  limitInputPixels: false, // checked against a budget of our own, which knows what interlacing costs
};

/**
 * Decodes an image to upright 8-bit RGB. Grey, CMYK, 16-bit, palette and transparent images become RGB (transparency is
 * dropped, as Python face_recognition does), of an animation or a multi-page file the first picture is read.
 *
 * An {@link RgbImage} is checked and returned as it is.
 *
 * @throws ImageUnreadableError, ImageTooLargeError, InvalidInputError
 *
 * @example
 * ```ts
 * const { data, width, height } = await decodeImage('holiday.jpg');
 * ```
 */
export async function decodeImage(input: ImageInput, options: DecodeOptions = {}): Promise<RgbImage> {
  checkDecodeOptions(options);
  checkImageInput(input);
  const { maxPixels = MAX_PIXELS, signal } = options;
  signal?.throwIfAborted();
  if (typeof input === 'object' && !(input instanceof Uint8Array)) return input;
  const bytes = typeof input === 'string' ? await readImageFile(input, signal) : input;
  if (bytes.length > MAX_FILE_BYTES) throw fileTooLarge(bytes.length);
  const format = sniffImageFormat(bytes);
  if (!format) {
    throw new ImageUnreadableError(`${describe(input)} is no JPEG, PNG, WebP, GIF, TIFF, HEIF or AVIF image.`);
  }
  try {
    const image = sharp(bytes, SHARP_OPTIONS);
    const metadata = await image.metadata();
    const heifOrientation = format === 'heif' ? remainingHeifOrientation(bytes, metadata.exif) : 1;
    checkDecodeBudget(readHeader(metadata, format), maxPixels);
    signal?.throwIfAborted();
    return turnUpright(await toRgb(image), heifOrientation);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof ImageTooLargeError) throw cause;
    throw new ImageUnreadableError(`${describe(input)} (${format}) could not be decoded: ${reasonOf(cause)}`, {
      // sharp's libvips comes with AV1 but, for its patents, without HEVC, which iPhones write.
      remedy: format === 'heif' ? HEIC_REMEDY : null,
      cause,
    });
  }
}

async function toRgb(image: Sharp): Promise<RgbImage> {
  const { data, info } = await image
    .removeAlpha()
    .toColourspace('srgb')
    .timeout({ seconds: DECODE_TIMEOUT_SECONDS })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

function readHeader(metadata: Metadata, format: ImageFormat) {
  const { width, height, isProgressive = false, orientation = 1 } = metadata;
  return { format, width, height, interlaced: isProgressive, turned: orientation >= FIRST_TURNED_ORIENTATION };
}

async function readImageFile(path: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  let bytes: Buffer;
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size > MAX_FILE_BYTES) throw fileTooLarge(size);
    bytes = await file.readFile({ signal });
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof ImageTooLargeError) throw cause;
    throw new ImageUnreadableError(`${path} could not be read: ${(cause as Error).message}`, { cause });
  }
  return bytes;
}

function fileTooLarge(bytes: number): ImageTooLargeError {
  return new ImageTooLargeError(`The image file has ${bytes} bytes, the limit is ${MAX_FILE_BYTES}.`);
}

function describe(input: ImageInput): string {
  return typeof input === 'string' ? input : 'The image';
}

const HEIC_REMEDY =
  'HEIC files need a decoder of their own: convert to JPEG, or pass the pixels that readUnusualPixels of @photoorg/ingest gives.';

function reasonOf(cause: unknown): string {
  const [reason] = String((cause as Error).message).split('\n');
  return `${reason}.`;
}
