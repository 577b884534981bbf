import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import type { Metadata, Sharp } from 'sharp';
import { bufferSource, openByteSource } from '../files/byte-source.ts';
import { displayPath } from '../files/photo-path.ts';
import { unreadable } from '../files/unreadable.ts';
import { createWeightedLimit } from '../flow/weighted-limit.ts';
import { SNIFF_BYTES, sniffFormat } from '../formats/sniff-format.ts';
import { IngestError } from '../ingest-error.ts';
import { DECODE_TIMEOUT_SECONDS, INTERLACED_WEIGHT, MAX_PIXELS, MAX_PIXELS_AT_ONCE } from '../limits.ts';
import { decodeError } from './decode-error.ts';
import { openWithSharp } from './safe-sharp.ts';

/** A photo to decode: a path, the bytes of a path that is not UTF-8 (`pathBytes`), or the encoded image itself. */
export type ImageInput = string | Uint8Array | { pathBytes: Uint8Array };

/** Formats whose decoders hold the whole picture, as interlaced PNG and progressive JPEG do. */
const HELD_WHOLE = new Set(['webp', 'heif', 'gif']);

/** Decoding of all images of this process, by weighted pixels. */
const pixelBudget = createWeightedLimit(MAX_PIXELS_AT_ONCE);

/**
 * Decodes a photo upright and hands it to `finish`, under the limits for size, time and memory.
 *
 * @throws {IngestError} `FILE_UNREADABLE`, `FILE_EMPTY`, `UNSUPPORTED_FORMAT`, `IMAGE_TOO_LARGE`, `IMAGE_TRUNCATED`, `IMAGE_CORRUPT`, `IMAGE_TIMEOUT`
 */
export async function decodeImage<T>(
  input: ImageInput,
  finish: (upright: Sharp) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const name = nameOf(input);
  await checkFormat(input, name);
  const source = await sharpInput(input);
  try {
    const weight = weigh(await openWithSharp(source).metadata(), name);
    return await pixelBudget.run(
      weight,
      () => finish(openWithSharp(source).timeout({ seconds: DECODE_TIMEOUT_SECONDS }).autoOrient()),
      signal,
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw IngestError.isInstance(error) ? error : decodeError(name, error);
  }
}

async function checkFormat(input: ImageInput, name: string): Promise<void> {
  const head = await readHead(input);
  if (head.length === 0) throw new IngestError('FILE_EMPTY', `${name} is empty; restore it from a backup or delete it.`);
  if (sniffFormat(head) === null)
    throw new IngestError(
      'UNSUPPORTED_FORMAT',
      `${name} holds no photo: its first bytes are of no image format that photoorg reads.`,
    );
}

async function readHead(input: ImageInput): Promise<Buffer> {
  if (input instanceof Uint8Array) return await bufferSource(input).read(0, SNIFF_BYTES);
  const path = typeof input === 'string' ? input : Buffer.from(input.pathBytes);
  try {
    await using source = await openByteSource(path);
    return await source.read(0, SNIFF_BYTES);
  } catch (error) {
    throw unreadable(path, error);
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
function weigh({ width, height, format, isProgressive, depth }: Metadata, name: string): number {
  const isHeld = isProgressive === true || HELD_WHOLE.has(format);
  const samples = width * height * (isHeld && depth === 'ushort' ? 2 : 1);
  if (samples > MAX_PIXELS) {
    throw new IngestError(
      'IMAGE_TOO_LARGE',
      `${name} has ${width}x${height} pixels; photoorg decodes up to ${MAX_PIXELS}. Scale it down to index it.`,
    );
  }
  return samples * (isHeld ? INTERLACED_WEIGHT : 1);
}

function nameOf(input: ImageInput): string {
  if (input instanceof Uint8Array) return 'The image';
  return typeof input === 'string' ? input : displayPath(input.pathBytes);
}
