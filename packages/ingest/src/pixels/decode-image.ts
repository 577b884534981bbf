import type { TakenPicture } from '../exiftool/taken-picture.ts';
import { createWeightedLimit } from '../flow/weighted-limit.ts';
import { IngestError } from '../model/ingest-error.ts';
import { MAX_PIXELS_AT_ONCE } from '../model/limits.ts';
import type { BesideFormat } from './beside-formats.ts';
import { decodeBeside } from './decode-beside.ts';
import { decodeError } from './decode-error.ts';
import { finishPixels, finishStored, type UprightImage } from './finish-image.ts';
import { readImageHeader } from './image-header.ts';
import { type EncodedPicture, type HeldFile, type ImageInput, openPicture, openThumbnail } from './open-picture.ts';
import type { RgbPixels } from './rgb-pixels.ts';
import { sharpOfPixels } from './safe-sharp.ts';
import { weighImage } from './weigh-image.ts';

/** Decoding of all images of this process, by weighted pixels. */
const pixelBudget = createWeightedLimit(MAX_PIXELS_AT_ONCE);

/** Codes for a picture of which the file may hold a thumbnail that can be seen. */
const NOT_TO_BE_SEEN: ReadonlySet<string> = new Set(['IMAGE_TRUNCATED', 'IMAGE_CORRUPT', 'IMAGE_TOO_LARGE']);

/** Of those, the ones of which something may be left. */
const DAMAGES: ReadonlySet<string> = new Set(['IMAGE_TRUNCATED', 'IMAGE_CORRUPT']);

/** What libheif needs for the thumbnail of a HEIC file, of 320 x 240 pixels, with all that it reads around it. */
const THUMBNAIL_WEIGHT = 1_000_000;

export interface DecodeImageOptions {
  /** Have all `pixels` also of a RAW photo's preview, and of one that is damaged or very large; those of HEIC are there in any case. Default false. */
  wantsPixels?: boolean;
  signal?: AbortSignal;
}

/**
 * Decodes a photo upright and hands it to `finish`, under the limits for size, time and memory, which hold until `finish` is done. Of a damaged photo it
 * hands on what is left, and where nothing is, or there are too many pixels, the thumbnail that lies in the file. `finish` is called again for those where it
 * fails.
 *
 * @throws {IngestError} `FILE_UNREADABLE`, `FILE_EMPTY`, `UNSUPPORTED_FORMAT`, `DECODER_MISSING`, `IMAGE_TOO_LARGE`, `IMAGE_TRUNCATED`, `IMAGE_CORRUPT`,
 *   `IMAGE_TIMEOUT`
 */
export async function decodeImage<T>(
  input: ImageInput | HeldFile | TakenPicture,
  finish: (upright: UprightImage) => Promise<T>,
  options: DecodeImageOptions = {},
): Promise<T> {
  const { signal } = options;
  signal?.throwIfAborted();
  const isTaken = typeof input === 'object' && 'jpeg' in input;
  try {
    return await decodePicture(
      isTaken ? asPicture(input) : await openPicture(input),
      isTaken ? input.jpeg : input,
      finish,
      options,
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (isTaken || !IngestError.isInstance(error) || !NOT_TO_BE_SEEN.has(error.code)) throw error;
    return await decodeThumbnail(input, error, finish, options);
  }
}

function asPicture({ name, jpeg, orientation }: TakenPicture): EncodedPicture {
  return { name, source: jpeg, orientation, header: null, containerSize: null, damage: null };
}

async function decodePicture<T>(
  picture: EncodedPicture,
  input: ImageInput,
  finish: (upright: UprightImage) => Promise<T>,
  options: DecodeImageOptions,
): Promise<T> {
  const { signal } = options;
  const readHeader = () => readImageHeader(picture);
  const header = await pixelBudget.run(1, readHeader, signal).catch(async (error: unknown) => {
    throw picture.damage ?? (await failureOf(picture.name, error, readHeader, signal));
  });
  const { weight, shrink } = weighImage(header, picture.name);
  const decode = async (damage: IngestError | null) =>
    header.beside === null
      ? await finishStored(picture, { shrink, damage }, finish, options)
      : await finishPixels(await decodeHeld(picture, input, header.beside, signal), { icc: header.icc, damage }, finish);
  let { damage } = picture;
  if (damage === null) {
    try {
      return await pixelBudget.run(weight, () => decode(null), signal);
    } catch (error) {
      damage = await failureOf(picture.name, error, () => decode(null), signal);
      if (header.beside !== null || !DAMAGES.has(damage.code)) throw damage;
    }
  }
  // What is left of it. Why it is not whole tells more than why that fails, too.
  const found = damage;
  return await pixelBudget
    .run(weight, () => decode(found), signal)
    .catch((error: unknown) => {
      signal?.throwIfAborted();
      throw IngestError.isInstance(error) && error.code === 'DECODER_MISSING' ? error : found;
    });
}

/** One that was completed is in memory, the others are read where they are decoded. */
async function decodeHeld(
  { name, source, damage }: EncodedPicture,
  input: ImageInput,
  format: BesideFormat,
  signal: AbortSignal | undefined,
): Promise<RgbPixels> {
  return await decodeBeside(format, damage !== null && source instanceof Uint8Array ? source : input, name, { signal });
}

async function decodeThumbnail<T>(
  input: ImageInput | HeldFile,
  damage: IngestError,
  finish: (upright: UprightImage) => Promise<T>,
  { signal }: DecodeImageOptions,
): Promise<T> {
  const { name, thumbnail } = await openThumbnail(input);
  if (thumbnail === null) throw damage;
  try {
    if (thumbnail.kind === 'jpeg') {
      const { jpeg, orientation } = thumbnail;
      const picture = { name, source: jpeg, orientation, header: null, containerSize: null, damage };
      return await decodePicture(picture, jpeg, finish, { signal });
    }
    const { itemId } = thumbnail;
    const decode = async () => {
      const pixels = await decodeBeside('heic', input, name, { itemId, signal });
      return await finish({ sharp: sharpOfPixels(pixels.data, pixels.width, pixels.height, 3), pixels: null, damage });
    };
    return await pixelBudget.run(THUMBNAIL_WEIGHT, decode, signal);
  } catch {
    signal?.throwIfAborted();
    throw damage;
  }
}

/** A failure by its code. */
async function failureOf(
  name: string,
  error: unknown,
  again: () => Promise<unknown>,
  signal: AbortSignal | undefined,
): Promise<IngestError> {
  signal?.throwIfAborted();
  if (IngestError.isInstance(error)) return error;
  const reason = isCertain(error) ? error : await pixelBudget.run(MAX_PIXELS_AT_ONCE, () => reasonOf(again, error), signal);
  return decodeError(name, reason);
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
