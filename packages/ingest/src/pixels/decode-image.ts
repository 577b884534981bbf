import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import type { Metadata, Sharp } from 'sharp';
import { type ByteSource, bufferSource, openByteSource } from '../files/byte-source.ts';
import { displayPath } from '../files/photo-path.ts';
import { unreadable } from '../files/unreadable.ts';
import { createWeightedLimit } from '../flow/weighted-limit.ts';
import { isCutShort } from '../formats/is-cut-short.ts';
import { SNIFF_BYTES, sniffFormat } from '../formats/sniff-format.ts';
import { IngestError } from '../ingest-error.ts';
import { DECODE_TIMEOUT_SECONDS, HEIC_WEIGHT, INTERLACED_WEIGHT, MAX_PIXELS, MAX_PIXELS_AT_ONCE } from '../limits.ts';
import { decodeError } from './decode-error.ts';
import { decodeHeic } from './decode-heic.ts';
import type { RgbPixels } from './rgb-pixels.ts';
import { openWithSharp, sharpOfPixels } from './safe-sharp.ts';

/** A photo to decode: a path, the bytes of a path that is not UTF-8 (`pathBytes`), or the encoded image itself. */
export type ImageInput = string | Uint8Array | { pathBytes: Uint8Array };

/** Formats whose decoders hold the whole picture, as interlaced PNG and progressive JPEG do. */
const HELD_WHOLE = new Set(['webp', 'heif', 'gif']);

/** Decoding of all images of this process, by weighted pixels. */
const pixelBudget = createWeightedLimit(MAX_PIXELS_AT_ONCE);

/** A photo that is being decoded, upright. */
export interface UprightImage {
  /** Decodes as it is read, where the format allows. */
  sharp: Sharp;
  /** All pixels, where they had to be decoded in one piece because sharp cannot; null otherwise. */
  pixels: RgbPixels | null;
}

/**
 * Decodes a photo upright and hands it to `finish`, under the limits for size, time and memory.
 *
 * @throws {IngestError} `FILE_UNREADABLE`, `FILE_EMPTY`, `UNSUPPORTED_FORMAT`, `IMAGE_TOO_LARGE`, `IMAGE_TRUNCATED`, `IMAGE_CORRUPT`, `IMAGE_TIMEOUT`
 */
export async function decodeImage<T>(
  input: ImageInput,
  finish: (upright: UprightImage) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const name = nameOf(input);
  await checkFormat(input, name);
  const source = await sharpInput(input);
  const decode = () => finish({ sharp: limitTime(openWithSharp(source)).autoOrient(), pixels: null });
  try {
    const header = await pixelBudget.run(1, () => openWithSharp(source).metadata(), signal);
    const isHeic = header.compression === 'hevc';
    return await pixelBudget.run(
      weigh(header, name),
      isHeic ? async () => await finish(wrap(await decodeHeic(input, name, signal))) : decode,
      signal,
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (IngestError.isInstance(error)) throw error;
    const reason = isCertain(error) ? error : await pixelBudget.run(MAX_PIXELS_AT_ONCE, () => reasonOf(decode, error), signal);
    throw decodeError(name, reason);
  }
}

function limitTime(image: Sharp): Sharp {
  return image.timeout({ seconds: DECODE_TIMEOUT_SECONDS });
}

function wrap(pixels: RgbPixels): UprightImage {
  return { sharp: limitTime(sharpOfPixels(pixels.data, pixels.width, pixels.height, 3)), pixels };
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

async function checkFormat(input: ImageInput, name: string): Promise<void> {
  if (input instanceof Uint8Array) return await checkSource(bufferSource(input), name);
  const path = typeof input === 'string' ? input : Buffer.from(input.pathBytes);
  try {
    await using source = await openByteSource(path);
    await checkSource(source, name);
  } catch (error) {
    throw IngestError.isInstance(error) ? error : unreadable(path, error);
  }
}

async function checkSource(source: ByteSource, name: string): Promise<void> {
  if (source.size === 0) throw new IngestError('FILE_EMPTY', `${name} is empty; restore it from a backup or delete it.`);
  const format = sniffFormat(await source.read(0, SNIFF_BYTES));
  if (format === null)
    throw new IngestError(
      'UNSUPPORTED_FORMAT',
      `${name} holds no photo: its first bytes are of no image format that photoorg reads.`,
    );
  if (await isCutShort(source, format)) {
    throw new IngestError(
      'IMAGE_TRUNCATED',
      `${name} ends before its picture is complete, as after an interrupted copy. Copy it again from its source.`,
    );
  }
}

/** sharp takes paths as text only, so a file whose name is not UTF-8 is read into memory. */
async function sharpInput(input: ImageInput): Promise<string | Uint8Array> {
  if (typeof input === 'string' || input instanceof Uint8Array) return input;
  const bytes = Buffer.from(input.pathBytes);
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : await readFile(bytes);
}

/** Pixels that count against the budget; refuses what would not fit into memory even alone. */
function weigh({ width, height, format, isProgressive, depth, compression }: Metadata, name: string): number {
  const isHeld = isProgressive === true || HELD_WHOLE.has(format);
  const samples = width * height * (isHeld && depth === 'ushort' ? 2 : 1);
  if (samples > MAX_PIXELS) {
    throw new IngestError(
      'IMAGE_TOO_LARGE',
      `${name} has ${width}x${height} pixels; photoorg decodes up to ${MAX_PIXELS}. Scale it down to index it.`,
    );
  }
  if (compression === 'hevc') return width * height * HEIC_WEIGHT;
  return samples * (isHeld ? INTERLACED_WEIGHT : 1);
}

function nameOf(input: ImageInput): string {
  if (input instanceof Uint8Array) return 'The image';
  return typeof input === 'string' ? input : displayPath(input.pathBytes);
}
