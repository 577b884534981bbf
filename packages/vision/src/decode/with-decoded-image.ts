import type { DecodeOptions } from '../options/decode-options.ts';
import type { ImageInput, RgbImage } from '../rgb-image.ts';
import { decodeImage } from './decode-image.ts';

/** Decodes an image, works on its pixels, and gives them back. */
export async function withDecodedImage<Result>(
  input: ImageInput,
  options: DecodeOptions,
  work: (image: RgbImage) => Promise<Result>,
): Promise<Result> {
  const image = await decodeImage(input, options);
  try {
    return await work(image);
  } finally {
    if (image !== input) freePixels(image);
  }
}

/** Gives megabytes of pixels back at once; until the next garbage collection several images' would pile up. */
function freePixels({ data }: RgbImage): void {
  if (data.buffer instanceof ArrayBuffer) data.buffer.transfer(0);
}
