import { readFile } from 'node:fs/promises';
import { DECODER_MODULES, type DecodeFile } from './beside-formats.ts';
import { requireModule, resolveOptional } from './require-optional.ts';
import type { RgbPixels } from './rgb-pixels.ts';

/** The part of libheif's C interface that decoding takes, as its WebAssembly build exposes it. */
interface Libheif {
  heif_context_alloc(): object;
  heif_context_read_from_memory(context: object, file: Uint8Array): HeifError;
  heif_js_context_get_primary_image_handle(context: object): object | HeifError;
  heif_js_context_get_image_handle(context: object, itemId: number): object | HeifError;
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

/**
 * Loads the optional package libheif-js; null where it is not installed.
 *
 * Each image gets an instance of its own (20 ms), because the memory of one never shrinks again and a hostile file might leave it in disorder.
 */
export async function loadLibheif(): Promise<DecodeFile | null> {
  const scriptPath = resolveOptional(DECODER_MODULES.heic);
  if (scriptPath === null) return null;
  const start = requireModule(scriptPath) as StartLibheif;
  const compiled = await WebAssembly.compile(await readFile(scriptPath.replace(/\.js$/, '.wasm')));
  return async (file, maxPixels, itemId) => {
    const libheif = await start({
      instantiateWasm(imports, done) {
        const instance = new WebAssembly.Instance(compiled, imports);
        done(instance);
        return instance.exports;
      },
    });
    return decodeItem(libheif, file, maxPixels, itemId);
  };
}

function decodeItem(libheif: Libheif, file: Uint8Array, maxPixels: number, itemId: number | undefined): RgbPixels {
  const context = libheif.heif_context_alloc();
  const read = libheif.heif_context_read_from_memory(context, file);
  if (read.code !== libheif.heif_error_code.heif_error_Ok) throw new Error(read.message);
  const handle = orThrow(
    itemId === undefined
      ? libheif.heif_js_context_get_primary_image_handle(context)
      : libheif.heif_js_context_get_image_handle(context, itemId),
  );
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
