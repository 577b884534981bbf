import { InvalidInputError } from '../errors.ts';
import type { RgbImage } from '../rgb-image.ts';

/**
 * Returns `image` when its buffer holds exactly width x height RGB pixels.
 *
 * @throws InvalidInputError
 */
export function checkRgbImage(image: RgbImage): RgbImage {
  const { data, width, height } = image;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new InvalidInputError(`Expected a positive whole width and height but received ${width} x ${height}.`);
  }
  if (!(data instanceof Uint8Array) || data.length !== width * height * 3) {
    throw new InvalidInputError(
      `Expected ${width * height * 3} bytes of RGB for ${width} x ${height} pixels but received ${data?.length ?? typeof data}.`,
    );
  }
  return image;
}
