import { jxlCodestreamOf } from '../formats/jxl-codestream.ts';
import type { DecodeFile } from './beside-formats.ts';
import { requireModule, resolveOptional } from './require-optional.ts';

/** The part of wasm-vips (libvips and libjxl in WebAssembly) that decoding takes. */
interface Vips {
  concurrency(threads: number): void;
  Cache: { max(operations: number): void };
  Image: { jxlloadBuffer(file: Uint8Array, options: { fail_on: 'truncated' }): VipsImage };
}

interface VipsImage {
  readonly width: number;
  readonly height: number;
  hasAlpha(): boolean;
  iccTransform(profile: 'srgb', options: { depth: 8; intent: 'perceptual' }): VipsImage;
  flatten(options: { background: number[] }): VipsImage;
  writeToMemory(): Uint8Array<ArrayBuffer>;
  delete(): void;
}

type StartVips = (options: {
  dynamicLibraries: string[];
  print(line: string): void;
  printErr(line: string): void;
}) => Promise<Vips>;

/**
 * Loads the optional package wasm-vips; null where it is not installed.
 *
 * All images share one instance, which takes 0.1 s to start. It is given the codestream alone: what lies around it was read with limits of our own,
 * and libvips 8.18 fails on metadata that is packed (`brob`).
 */
export async function loadLibjxl(): Promise<DecodeFile | null> {
  const scriptPath = resolveOptional('wasm-vips');
  if (scriptPath === null) return null;
  const start = requireModule(scriptPath) as StartVips;
  const vips = await start({ dynamicLibraries: ['vips-jxl.wasm'], print: ignore, printErr: ignore });
  vips.concurrency(1);
  vips.Cache.max(0);
  return async (file, maxPixels) => {
    const codestream = await jxlCodestreamOf(file);
    const images: VipsImage[] = [];
    const keep = (image: VipsImage) => {
      images.push(image);
      return image;
    };
    try {
      const image = keep(vips.Image.jxlloadBuffer(codestream, { fail_on: 'truncated' }));
      const { width, height } = image;
      if (width * height > maxPixels) throw new Error(`${width}x${height} are too many pixels`);
      const colours = keep(image.iccTransform('srgb', { depth: 8, intent: 'perceptual' }));
      const opaque = colours.hasAlpha() ? keep(colours.flatten({ background: [255, 255, 255] })) : colours;
      return { data: opaque.writeToMemory(), width, height };
    } catch (error) {
      throw readable(error);
    } finally {
      for (const image of images) image.delete();
    }
  };
}

/** What libvips says on the way; its errors come as exceptions. */
function ignore(): void {}

/** Errors of C++ are no `Error`, and their message is a list: the type, and what it says. */
function readable(error: unknown): unknown {
  if (error instanceof Error || !(error instanceof WebAssembly.Exception)) return error;
  const message: unknown = Reflect.get(error, 'message');
  return new Error(Array.isArray(message) ? message.join(': ') : 'libjxl threw an exception.');
}
