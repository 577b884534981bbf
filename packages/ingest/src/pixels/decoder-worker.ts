import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { bufferSource } from '../files/byte-source.ts';
import { announced } from '../flow/announced.ts';
import { readBlocks } from '../formats/read-blocks.ts';
import { MAX_DECODER_MEMORY_BYTES } from '../model/limits.ts';
import { regionFrame } from '../tags/orientation.ts';
import { readExif } from '../tags/read-exif.ts';
import { type BesideFormat, type DecodeFile, type OptionalFormat, SpentDecoderError } from './beside-formats.ts';
import { decodeBmp } from './decode-bmp.ts';
import { loadLibheif } from './libheif.ts';
import { loadLibjxl } from './libjxl.ts';
import { limitWasmMemory } from './limit-wasm-memory.ts';
import type { RgbPixels } from './rgb-pixels.ts';

export interface DecoderTask {
  format: BesideFormat;
  /** A path, the bytes of a path, or the encoded image. */
  source: { path: string } | { pathBytes: Uint8Array } | { encoded: Uint8Array };
  maxPixels: number;
  /** An item of the file in place of its picture, such as a thumbnail of HEIC. */
  itemId?: number;
}

/** Errors cross the thread as text in the decoder's words. */
export type DecoderReply =
  | { kind: 'pixels'; pixels: RgbPixels; orientation: number }
  | { kind: 'failed'; reason: string }
  | { kind: 'no-decoder'; format: OptionalFormat }
  /** This thread decodes no more such images; another may. */
  | { kind: 'spent' };

const LOADERS: Readonly<Record<OptionalFormat, () => Promise<DecodeFile | null>>> = { heic: loadLibheif, jxl: loadLibjxl };

limitWasmMemory(MAX_DECODER_MEMORY_BYTES);
const loaded = new Map<OptionalFormat, Promise<DecodeFile | null>>();

/** Runs in a worker thread that `decoder-pool.ts` ends when it takes too long. */
export default announced(decodeInWorker);

async function decodeInWorker(task: DecoderTask): Promise<object> {
  if (task.format === 'bmp') return await decodeWith(decodeBmp, task);
  const decode = await loadOnce(task.format);
  return decode === null ? ({ kind: 'no-decoder', format: task.format } satisfies DecoderReply) : await decodeWith(decode, task);
}

async function decodeWith(decode: DecodeFile, { format, source, maxPixels, itemId }: DecoderTask): Promise<object> {
  const file =
    'encoded' in source
      ? Buffer.from(source.encoded.buffer, source.encoded.byteOffset, source.encoded.length)
      : await readFile('path' in source ? source.path : Buffer.from(source.pathBytes));
  try {
    const pixels = await decode(file, maxPixels, itemId);
    return handOver({ kind: 'pixels', pixels, orientation: await remainingTurn(file, format) }, pixels.data.buffer);
  } catch (error) {
    // After a trap the memory of a decoder may be in any state. The pool starts another thread.
    if (error instanceof WebAssembly.RuntimeError) process.exit(1);
    if (error instanceof SpentDecoderError) return { kind: 'spent' } satisfies DecoderReply;
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) } satisfies DecoderReply;
  }
}

function loadOnce(format: OptionalFormat): Promise<DecodeFile | null> {
  const loading = loaded.get(format) ?? LOADERS[format]();
  loaded.set(format, loading);
  return loading;
}

/** The EXIF orientation still to be applied: 1 where the container orders the turn, which the decoder has obeyed. */
async function remainingTurn(file: Buffer, format: BesideFormat): Promise<number> {
  const blocks = await readBlocks(bufferSource(file), format);
  return regionFrame(blocks, blocks.exif === null ? {} : await readExif(blocks.exif)).orientation;
}

/** Moves the memory of the pixels to the other thread instead of copying it. */
function handOver(reply: DecoderReply, memory: ArrayBuffer): object {
  return move({ [transferableSymbol]: [memory], [valueSymbol]: reply });
}
