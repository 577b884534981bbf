import { decodeImage, type ImageInput } from './decode-image.ts';

/** Longest side of the small copy that hash and placeholder are made from; ThumbHash takes no more. */
export const PREVIEW_PIXELS = 100;

/** A small upright copy of a photo: sRGB with alpha, 4 bytes a pixel, row by row. */
export interface ImagePreview {
  width: number;
  height: number;
  rgba: Uint8Array;
}

/** Decodes a photo once for everything that a small copy suffices for. JPEG is decoded at an eighth of its size, which is four times as fast. */
export async function decodePreview(input: ImageInput, signal?: AbortSignal): Promise<ImagePreview> {
  return await decodeImage(
    input,
    async (upright) => {
      const small = upright.resize(PREVIEW_PIXELS, PREVIEW_PIXELS, { fit: 'inside', withoutEnlargement: true });
      const { data, info } = await small
        .toColourspace('srgb')
        .ensureAlpha()
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true });
      return { width: info.width, height: info.height, rgba: data };
    },
    signal,
  );
}
