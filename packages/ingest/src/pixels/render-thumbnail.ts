import type { Sharp } from 'sharp';
import { refuseUnknown } from '../model/refuse-unknown.ts';
import { decodeImage } from './decode-image.ts';
import { fitInside } from './fit-inside.ts';
import type { ImageInput } from './open-picture.ts';

/** Longest side of a thumbnail unless another is asked for: a grid cell on a screen of double density. */
export const THUMBNAIL_PIXELS = 512;

/** At this quality WebP shows no artefacts at thumbnail size and takes half of JPEG's bytes. */
const WEBP_QUALITY = 80;

export interface RenderThumbnailOptions {
  /** Longest side in pixels; default 512. A smaller photo keeps its size. */
  size?: number;
  signal?: AbortSignal;
}

/**
 * Renders a photo as a WebP thumbnail: upright, sRGB, without metadata (no GPS position leaves with it).
 *
 * @param source path, or encoded image
 * @returns WebP bytes
 * @throws {IngestError} `FILE_UNREADABLE`, `FILE_EMPTY`, `UNSUPPORTED_FORMAT`, `IMAGE_TOO_LARGE`, `IMAGE_TRUNCATED`, `IMAGE_CORRUPT`, `IMAGE_TIMEOUT`
 * @example
 * ```ts
 * const thumbnail = await renderThumbnail('holiday.jpg', { size: 256 });
 * console.log(thumbnail.length, 'bytes of WebP');
 * ```
 */
export async function renderThumbnail(source: ImageInput, options: RenderThumbnailOptions = {}): Promise<Uint8Array> {
  refuseUnknown('renderThumbnail', options, { size: true, signal: true });
  const { size = THUMBNAIL_PIXELS, signal } = options;
  return await decodeImage(source, async ({ sharp }) => await encodeThumbnail(fitInside(sharp, size)), { signal });
}

export async function encodeThumbnail(image: Sharp): Promise<Uint8Array> {
  return await image.webp({ quality: WEBP_QUALITY }).toBuffer();
}
