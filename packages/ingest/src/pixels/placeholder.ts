import { rgbaToThumbHash } from 'thumbhash';
import type { ImagePreview } from './image-preview.ts';

/** About 25 bytes that a page turns into a blurred picture while the photo loads (ThumbHash). */
export function placeholderOf({ small }: Pick<ImagePreview, 'small'>): Uint8Array {
  return rgbaToThumbHash(small.width, small.height, small.rgba);
}
