import { jxlCodestreamOf } from '../formats/jxl-codestream.ts';
import { DECODER_MODULES, type DecodeFile, SpentDecoderError } from './beside-formats.ts';
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
  iccTransform(profile: 'srgb', options: { depth: 8; intent: 'relative' }): VipsImage;
  flatten(options: { background: number[] }): VipsImage;
  writeToMemory(): Uint8Array<ArrayBuffer>;
  delete(): void;
}

type StartVips = (options: {
  dynamicLibraries: string[];
  preRun(module: { ENV: Record<string, string> }): void;
}) => Promise<Vips>;

/**
 * Pixels up to which images share an instance. Its memory never shrinks and is in pieces after the first: of two photos of 24 MP without loss, which
 * take 620 MB each, the second found no room in 768 MB. 12 MP take 370.
 */
const MAX_SHARING_PIXELS = 13_000_000;

/** Pixels that a new instance has room for whatever an image is made of. */
const SURE_PIXELS = 20_000_000;

/**
 * Loads the optional package wasm-vips; null where it is not installed.
 *
 * Images share an instance, which takes 0.1 s to start, as long as all of them are small and none fails: a hostile one might leave it in disorder.
 * One that fails in a shared instance is tried again in a new one, since the reason may be what others left.
 * It is given the codestream alone: what lies around it was read with limits of our own, and libvips 8.18 fails on metadata that is packed (`brob`).
 */
export async function loadLibjxl(): Promise<DecodeFile | null> {
  const scriptPath = resolveOptional(DECODER_MODULES.jxl);
  if (scriptPath === null) return null;
  const start = requireModule(scriptPath) as StartVips;
  const vips = await start({ dynamicLibraries: ['vips-jxl.wasm'], preRun: silence });
  vips.concurrency(1);
  vips.Cache.max(0);
  let state: 'new' | 'used' | 'spent' = 'new';
  return async (file, maxPixels) => {
    if (state === 'spent') throw new SpentDecoderError();
    const codestream = await jxlCodestreamOf(file);
    const images: VipsImage[] = [];
    const keep = (image: VipsImage) => {
      images.push(image);
      return image;
    };
    let pixels = 0;
    try {
      const image = keep(vips.Image.jxlloadBuffer(codestream, { fail_on: 'truncated' }));
      const { width, height } = image;
      pixels = width * height;
      if (pixels > maxPixels) throw new Error(`${width}x${height} are too many pixels`);
      if (pixels > MAX_SHARING_PIXELS && state === 'used') throw new SpentDecoderError();
      // The perceptual intent would take HDR (PQ, HLG) for brighter and harder than it is.
      const colours = keep(image.iccTransform('srgb', { depth: 8, intent: 'relative' }));
      const opaque = colours.hasAlpha() ? keep(colours.flatten({ background: [255, 255, 255] })) : colours;
      const data = opaque.writeToMemory();
      state = pixels > MAX_SHARING_PIXELS ? 'spent' : 'used';
      return { data, width, height };
    } catch (error) {
      const wasShared = state === 'used';
      state = 'spent';
      throw wasShared ? new SpentDecoderError() : explain(error, pixels);
    } finally {
      for (const image of images) image.delete();
    }
  };
}

/** Keeps libvips from writing its warnings to the terminal; its errors come as exceptions. */
function silence({ ENV }: { ENV: Record<string, string> }): void {
  ENV.VIPS_WARNING = '0';
}

/** libjxl tells damage and want of memory in the same words. Errors of C++ are no `Error`, and their message is a list: the type, and what it says. */
function explain(error: unknown, pixels: number): unknown {
  if (error instanceof Error || !(error instanceof WebAssembly.Exception)) return error;
  const message: unknown = Reflect.get(error, 'message');
  const text = Array.isArray(message) ? message.join(': ').trim() : 'libjxl threw an exception';
  return new Error(pixels > SURE_PIXELS ? `${text}, too large for the memory of its decoder or damaged` : text);
}
