import { InvalidInputError } from '../errors.ts';
import type { ImageInput } from '../rgb-image.ts';
import { checkRgbImage } from './check-rgb-image.ts';

/**
 * Refuses what is no image, such as a Blob, an ArrayBuffer or a URL.
 *
 * @throws InvalidInputError
 */
export function checkImageInput(image: ImageInput): void {
  if ((typeof image === 'string' && image !== '') || image instanceof Uint8Array) return;
  if (typeof image !== 'object' || image === null || !('data' in image)) {
    throw InvalidInputError.expected(
      'the path of a file, the bytes of an encoded image (a Uint8Array), or { data, width, height } of RGB pixels',
      'the image',
      image,
    );
  }
  checkRgbImage(image);
}
