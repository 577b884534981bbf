import type { PixelFormat } from '../options/pixel-format.ts';
import type { RgbImage } from '../rgb-image.ts';
import type { Tensor } from './inference-runtime.ts';

/** One image as a float32 tensor of batch size 1. */
export function pixelsToTensor({ data, width, height }: RgbImage, { layout, channels, mean, scale }: PixelFormat): Tensor {
  const pixels = width * height;
  const values = new Float32Array(3 * pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const target = channels === 'rgb' ? channel : 2 - channel;
      const to = layout === 'nchw' ? target * pixels + pixel : 3 * pixel + target;
      values[to] = (data[3 * pixel + channel]! - mean) * scale;
    }
  }
  return { data: values, dimensions: layout === 'nchw' ? [1, 3, height, width] : [1, height, width, 3] };
}
