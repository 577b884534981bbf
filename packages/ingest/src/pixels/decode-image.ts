import type { Sharp } from 'sharp';
import type { TakenPicture } from '../exiftool/taken-picture.ts';
import { createWeightedLimit } from '../flow/weighted-limit.ts';
import { IngestError } from '../model/ingest-error.ts';
import {
  DECODE_TIMEOUT_SECONDS,
  HEIC_WEIGHT,
  INTERLACED_WEIGHT,
  JXL_WEIGHT,
  MAX_PIXELS,
  MAX_PIXELS_AT_ONCE,
  MAX_ROW_PIXELS,
} from '../model/limits.ts';
import type { BesideFormat } from './beside-formats.ts';
import { decodeBeside } from './decode-beside.ts';
import { decodeError } from './decode-error.ts';
import { type EncodedPicture, type HeldFile, type ImageInput, openPicture, type PictureHeader } from './open-picture.ts';
import type { RgbPixels } from './rgb-pixels.ts';
import { openWithSharp } from './safe-sharp.ts';
import { pixelsOf, turnUpright } from './turn-upright.ts';
import { withProfile } from './with-profile.ts';

/** Formats whose decoders hold the whole picture, as interlaced PNG and progressive JPEG do. */
const HELD_WHOLE = new Set(['webp', 'heif', 'gif']);

/** Decoding of all images of this process, by weighted pixels. */
const pixelBudget = createWeightedLimit(MAX_PIXELS_AT_ONCE);

/** A photo that is being decoded, upright. */
export interface UprightImage {
  /** Decodes as it is read, where the format allows. */
  sharp: Sharp;
  /** All pixels of a photo that other decoders cannot read from its file (HEIC, RAW); null for all others. */
  pixels: RgbPixels | null;
}

export interface DecodeImageOptions {
  /** Have all `pixels` of a RAW photo's preview, too; those of HEIC are there in any case. Default false. */
  wantsPixels?: boolean;
  signal?: AbortSignal;
}

/**
 * Decodes a photo upright and hands it to `finish`, under the limits for size, time and memory, which hold until `finish` is done.
 *
 * @throws {IngestError} `FILE_UNREADABLE`, `FILE_EMPTY`, `UNSUPPORTED_FORMAT`, `IMAGE_TOO_LARGE`, `IMAGE_TRUNCATED`, `IMAGE_CORRUPT`, `IMAGE_TIMEOUT`
 */
export async function decodeImage<T>(
  input: ImageInput | HeldFile | TakenPicture,
  finish: (upright: UprightImage) => Promise<T>,
  options: DecodeImageOptions = {},
): Promise<T> {
  const { signal } = options;
  signal?.throwIfAborted();
  const [picture, file] = await openInput(input);
  let decode = async () => await finishStored(picture, finish, options);
  try {
    const header = await readHeader(picture, signal);
    const { beside, icc } = header;
    if (beside !== null) {
      decode = async () => await finishWith(await decodeBeside(beside, file, picture.name, signal), icc, finish);
    }
    return await pixelBudget.run(weigh(header, picture.name), decode, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (IngestError.isInstance(error)) throw error;
    const reason = isCertain(error) ? error : await pixelBudget.run(MAX_PIXELS_AT_ONCE, () => reasonOf(decode, error), signal);
    throw decodeError(picture.name, reason);
  }
}

async function openInput(input: ImageInput | HeldFile | TakenPicture): Promise<[EncodedPicture, ImageInput]> {
  if (typeof input === 'string' || !('jpeg' in input)) return [await openPicture(input), input];
  const { name, jpeg, orientation } = input;
  return [{ name, source: jpeg, orientation, header: null }, jpeg];
}

interface ImageHeader extends PictureHeader {
  /** The format, where another decoder than sharp is needed. */
  beside: BesideFormat | null;
  /** The profile of the pixels that such a decoder gives, unless they are sRGB. */
  icc: Uint8Array | undefined;
}

async function readHeader({ source, header }: EncodedPicture, signal: AbortSignal | undefined): Promise<ImageHeader> {
  if (header !== null) return { ...header, beside: header.format === 'jxl' ? 'jxl' : null, icc: undefined };
  const asked = await pixelBudget.run(1, () => openWithSharp(source).metadata(), signal);
  return { ...asked, beside: asked.compression === 'hevc' ? 'heic' : null, icc: asked.icc };
}

/** A picture inside another file is turned as that file says, and pixels of it cannot be had from the file by others. */
async function finishStored<T>(
  { source, orientation }: EncodedPicture,
  finish: (upright: UprightImage) => Promise<T>,
  { wantsPixels = false }: DecodeImageOptions,
): Promise<T> {
  const stored = openWithSharp(source).timeout({ seconds: DECODE_TIMEOUT_SECONDS });
  if (orientation === null) return await finish({ sharp: stored.autoOrient(), pixels: null });
  const sharp = turnUpright(stored, orientation);
  return wantsPixels ? await finishWith(await pixelsOf(sharp), undefined, finish) : await finish({ sharp, pixels: null });
}

/** Hands on pixels that were decoded already. */
async function finishWith<T>(
  pixels: RgbPixels,
  icc: Uint8Array | undefined,
  finish: (upright: UprightImage) => Promise<T>,
): Promise<T> {
  using profiled = withProfile(pixels, icc);
  return await finish({ sharp: profiled.sharp.timeout({ seconds: DECODE_TIMEOUT_SECONDS }), pixels });
}

/** sharp's own messages belong to the image that they are thrown for. */
function isCertain(error: unknown): boolean {
  return error instanceof Error && /^timeout|exceeds pixel limit/i.test(error.message);
}

/** Attempts to learn the reason of a failure. */
const REASON_ATTEMPTS = 3;

/**
 * libvips keeps its messages in one place for all threads, so failures at one time mix up their reasons or lose them.
 * Failing again, alone, tells the right one, unless someone else in this process uses libvips just then.
 */
async function reasonOf(decode: () => Promise<unknown>, first: unknown): Promise<unknown> {
  let reason = first;
  for (let attempt = 0; attempt < REASON_ATTEMPTS; attempt++) {
    try {
      await decode();
      return reason;
    } catch (error) {
      reason = error;
    }
    if (!(reason instanceof Error && /unknown error/i.test(reason.message))) return reason;
  }
  return reason;
}

/** Pixels that count against the budget; refuses what would not fit into memory even alone. */
function weigh({ width, height, format, isProgressive, depth, beside }: ImageHeader, name: string): number {
  const isHeld = isProgressive === true || HELD_WHOLE.has(format);
  const samples = width * height * (isHeld && depth === 'ushort' ? 2 : 1);
  if (samples > MAX_PIXELS || width > MAX_ROW_PIXELS) {
    throw new IngestError(
      'IMAGE_TOO_LARGE',
      `${name} has ${width}x${height} pixels; photoorg decodes up to ${MAX_PIXELS}, and ${MAX_ROW_PIXELS} in a row.`,
      { remedy: 'Scale it down to index it.' },
    );
  }
  if (beside !== null) return samples * (beside === 'heic' ? HEIC_WEIGHT : JXL_WEIGHT);
  return samples * (isHeld ? INTERLACED_WEIGHT : 1);
}
