import { Buffer } from 'node:buffer';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { jxlCodestreamOf } from '../../src/formats/jxl-codestream.ts';

/**
 * The picture of `HEIC_PHOTO`, made a JPEG with sharp (quality 60, EXIF orientation 6, sRGB profile) and packed without loss by cjxl 0.7.0:
 * 384 x 640 pixels upright. Its container holds what restores the JPEG (`jbrd`).
 */
export const JXL_RECOMPRESSED = fileURLToPath(new URL('../fixtures/four-faces-recompressed.jxl', import.meta.url));

export interface JxlVariant {
  /** The colours of the picture that is given: `b-w` for grey, `grey16` and `rgb16` for 16 bits. */
  interpretation?: 'srgb' | 'b-w' | 'grey16' | 'rgb16';
  /** Convert to a profile of libvips and embed it. */
  profile?: 'p3';
  /** How often the picture is repeated, as frames of an animation; the later ones are inverted. */
  frames?: number;
}

interface Vips {
  Image: { newFromBuffer(file: Uint8Array): VipsImage };
}

interface VipsImage {
  height: number;
  iccTransform(profile: string, options: { depth: 8 }): VipsImage;
  colourspace(interpretation: string): VipsImage;
  invert(): VipsImage;
  join(other: VipsImage, direction: 'vertical'): VipsImage;
  jxlsaveBuffer(options: { lossless: boolean; effort: number; page_height: number }): Uint8Array;
}

const require = createRequire(import.meta.url);
let starting: Promise<Vips> | undefined;

/** Encodes a picture (PNG) as JPEG XL without loss, with the libjxl of wasm-vips. */
export async function encodeJxl(
  png: Buffer,
  { interpretation = 'srgb', profile, frames = 1 }: JxlVariant = {},
): Promise<Uint8Array> {
  starting ??= (require('wasm-vips') as (options: object) => Promise<Vips>)({ dynamicLibraries: ['vips-jxl.wasm'] });
  const vips = await starting;
  const source = vips.Image.newFromBuffer(png);
  const first = profile === undefined ? source.colourspace(interpretation) : source.iccTransform(profile, { depth: 8 });
  let all = first;
  for (let frame = 1; frame < frames; frame++) all = all.join(first.invert(), 'vertical');
  return all.jxlsaveBuffer({ lossless: true, effort: 1, page_height: first.height });
}

/** The codestream of a picture, without the container whose boxes it is spread over. */
export async function encodeJxlCodestream(png: Buffer): Promise<Buffer> {
  return Buffer.from(await jxlCodestreamOf(await encodeJxl(png)));
}
