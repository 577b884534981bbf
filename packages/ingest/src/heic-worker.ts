import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { bufferSource } from './files/byte-source.ts';
import { readBlocks } from './formats/read-blocks.ts';
import { MAX_HEIC_MEMORY_BYTES } from './limits.ts';
import { regionFrame } from './metadata/orientation.ts';
import { readExif } from './metadata/read-exif.ts';
import { type DecodeHeif, loadLibheif } from './pixels/libheif.ts';
import type { RgbPixels } from './pixels/rgb-pixels.ts';

export interface HeicTask {
  /** A path, the bytes of a path, or the encoded image. */
  source: { path: string } | { pathBytes: Uint8Array } | { encoded: Uint8Array };
  maxPixels: number;
}

/** Errors cross the thread as text in the decoder's words. */
export type HeicReply =
  | { kind: 'pixels'; pixels: RgbPixels; orientation: number }
  | { kind: 'failed'; reason: string }
  | { kind: 'no-decoder' };

let loading: Promise<DecodeHeif | null> | undefined;

/** Runs in a worker thread that `heic-pool.ts` ends when it takes too long. */
export default async function decodeInWorker({ source, maxPixels }: HeicTask): Promise<object> {
  loading ??= loadLibheif(MAX_HEIC_MEMORY_BYTES);
  const decode = await loading;
  if (decode === null) return { kind: 'no-decoder' } satisfies HeicReply;
  const file =
    'encoded' in source
      ? Buffer.from(source.encoded.buffer, source.encoded.byteOffset, source.encoded.length)
      : await readFile('path' in source ? source.path : Buffer.from(source.pathBytes));
  try {
    const pixels = await decode(file, maxPixels);
    return handOver({ kind: 'pixels', pixels, orientation: await remainingTurn(file) }, pixels.data.buffer);
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) } satisfies HeicReply;
  }
}

/** The EXIF orientation still to be applied: 1 where the container orders the turn, which the decoder has obeyed. */
async function remainingTurn(file: Buffer): Promise<number> {
  const blocks = await readBlocks(bufferSource(file), 'heic');
  return regionFrame(blocks, blocks.exif === null ? {} : await readExif(blocks.exif)).orientation;
}

/** Moves the memory of the pixels to the other thread instead of copying it. */
function handOver(reply: HeicReply, memory: ArrayBuffer): object {
  return move({ [transferableSymbol]: [memory], [valueSymbol]: reply });
}
