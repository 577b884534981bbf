import type { RgbImage } from '../rgb-image.ts';

/** The image in the top left corner of a black one of the given size, which must not be smaller. */
export function padImage(image: RgbImage, width: number, height: number): RgbImage {
  if (width === image.width && height === image.height) return image;
  const data = new Uint8Array(width * height * 3);
  const stride = image.width * 3;
  for (let y = 0; y < image.height; y++) data.set(image.data.subarray(y * stride, (y + 1) * stride), y * width * 3);
  return { data, width, height };
}

/** {@link padImage} to the next multiples of `multiple`. */
export function padToMultiple(image: RgbImage, multiple: number): RgbImage {
  return padImage(image, Math.ceil(image.width / multiple) * multiple, Math.ceil(image.height / multiple) * multiple);
}
