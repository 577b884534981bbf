import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { RgbPixels } from './rgb-pixels.ts';

/** The part of libheif's C interface that decoding takes, as its WebAssembly build exposes it. */
interface Libheif {
  heif_context_alloc(): object;
  heif_context_read_from_memory(context: object, file: Uint8Array): HeifError;
  heif_js_context_get_primary_image_handle(context: object): object | HeifError;
  heif_image_handle_get_width(handle: object): number;
  heif_image_handle_get_height(handle: object): number;
  heif_js_decode_image2(handle: object, colorspace: object, chroma: object): HeifImage | HeifError;
  heif_error_code: { heif_error_Ok: object };
  heif_colorspace: { heif_colorspace_RGB: object };
  heif_chroma: { heif_chroma_interleaved_RGB: object };
}

interface HeifError {
  code: object;
  message: string;
}

interface HeifImage {
  channels: { data: Uint8Array; stride: number; width: number; height: number }[];
}

type StartLibheif = (options: {
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): WebAssembly.Exports;
}) => Promise<Libheif>;

/** Decodes the primary image of a HEIF file, obeying its own turns (`irot`, `imir`). Throws plain errors in libheif's words. */
export type DecodeHeif = (file: Uint8Array, maxPixels: number) => Promise<RgbPixels>;

/**
 * Loads the optional package libheif-js; null where it is not installed.
 *
 * Each image gets an instance of its own (20 ms), because the memory of one never shrinks again and a hostile file might leave it in disorder.
 *
 * @param maxMemoryBytes WebAssembly memory that one image may take; limits `WebAssembly.Memory` in the whole thread, so call this in a worker
 */
export async function loadLibheif(maxMemoryBytes: number): Promise<DecodeHeif | null> {
  const require = createRequire(import.meta.url);
  let scriptPath: string;
  try {
    scriptPath = require.resolve('libheif-js/libheif-wasm/libheif.js');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
  const start = require(scriptPath) as StartLibheif;
  const compiled = await WebAssembly.compile(await readFile(scriptPath.replace(/\.js$/, '.wasm')));
  limitMemory(maxMemoryBytes);
  return async (file, maxPixels) => {
    const libheif = await start({
      instantiateWasm(imports, done) {
        const instance = new WebAssembly.Instance(compiled, imports);
        done(instance);
        return instance.exports;
      },
    });
    return decodePrimary(libheif, file, maxPixels);
  };
}

/** libheif answers a refused growth with an error of its own ("Memory allocation error"). */
function limitMemory(maxBytes: number): void {
  const { prototype } = WebAssembly.Memory;
  const { grow } = prototype;
  prototype.grow = function growWithinLimit(this: WebAssembly.Memory, pages: number) {
    if (this.buffer.byteLength + pages * WASM_PAGE_BYTES > maxBytes) throw new RangeError('The memory limit is reached.');
    return grow.call(this, pages);
  };
}

const WASM_PAGE_BYTES = 65_536;

function decodePrimary(libheif: Libheif, file: Uint8Array, maxPixels: number): RgbPixels {
  const context = libheif.heif_context_alloc();
  const read = libheif.heif_context_read_from_memory(context, file);
  if (read.code !== libheif.heif_error_code.heif_error_Ok) throw new Error(read.message);
  const handle = orThrow(libheif.heif_js_context_get_primary_image_handle(context));
  const [width, height] = [libheif.heif_image_handle_get_width(handle), libheif.heif_image_handle_get_height(handle)];
  if (width * height > maxPixels) throw new Error(`${width}x${height} are too many pixels`);
  const { heif_colorspace_RGB: rgb } = libheif.heif_colorspace;
  const { heif_chroma_interleaved_RGB: interleaved } = libheif.heif_chroma;
  const [channel] = orThrow(libheif.heif_js_decode_image2(handle, rgb, interleaved)).channels;
  if (channel === undefined) throw new Error('The picture has no colours.');
  return withoutPadding(channel);
}

function orThrow<T extends object>(result: T | HeifError): T {
  if ('code' in result) throw new Error(result.message);
  return result;
}

/** Copies the rows out of libheif's memory, which pads them. */
function withoutPadding({ data, stride, width, height }: HeifImage['channels'][number]): RgbPixels {
  const rowBytes = width * 3;
  const rows = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) rows.set(data.subarray(y * stride, y * stride + rowBytes), y * rowBytes);
  return { data: rows, width, height };
}
