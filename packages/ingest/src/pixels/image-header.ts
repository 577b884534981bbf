import type { BesideFormat } from './beside-formats.ts';
import type { EncodedPicture, PictureHeader } from './open-picture.ts';
import { openWithSharp } from './safe-sharp.ts';

export interface ImageHeader extends PictureHeader {
  /** The format, where another decoder than sharp is needed. */
  beside: BesideFormat | null;
  /** The profile of the pixels that such a decoder gives, unless they are sRGB. */
  icc: Uint8Array | undefined;
}

/** What a picture says of itself, ahead of its pixels. */
export async function readImageHeader({ source, header, containerSize }: EncodedPicture): Promise<ImageHeader> {
  if (header !== null)
    return { ...header, beside: header.format === 'jxl' || header.format === 'bmp' ? header.format : null, icc: undefined };
  try {
    // Damage shows when the pixels are decoded.
    const asked = await openWithSharp(source, { isDamaged: true }).metadata();
    return { ...asked, beside: asked.compression === 'hevc' ? 'heic' : null, icc: asked.icc };
  } catch (error) {
    // The decoder of HEIC takes containers that sharp's libheif does not open: more tiles, other brands.
    if (containerSize === null || containerSize.width === 0) throw error;
    return { ...containerSize, format: 'heif', isProgressive: false, depth: 'uchar', beside: 'heic', icc: undefined };
  }
}
