import { rgbaToThumbHash } from 'thumbhash';
import type { ImagePreview } from './image-preview.ts';

/** About 25 bytes that a page turns into a blurred picture while the photo loads (ThumbHash). */
export function placeholderOf({ width, height, rgba }: ImagePreview): Uint8Array {
  return rgbaToThumbHash(width, height, rgba);
}
