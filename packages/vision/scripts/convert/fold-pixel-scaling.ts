import type { Convolution } from '../dlib/convolution.ts';

// dlib subtracts these means (RGB) and divides by 256 before the first layer: http://dlib.net/dlib/dnn/input.h.html
const MEAN_RGB = [122.782, 117.001, 104.298] as const;
const PIXEL_SCALE = 1 / 256;

/** Folds (pixel - mean) / 256 into the first convolution; exact because that convolution is not padded. */
export function foldPixelScaling(first: Convolution): Convolution {
  if (first.padding !== 0) throw new Error('Expected the first convolution to be unpadded.');
  const cells = first.kernelSize ** 2;
  const weights = first.weights.map((weight) => weight * PIXEL_SCALE);
  const bias = Float64Array.from(first.bias);
  for (let i = 0; i < weights.length; i++) {
    const output = Math.floor(i / (cells * 3));
    bias[output]! -= weights[i]! * MEAN_RGB[Math.floor(i / cells) % 3]!;
  }
  return { ...first, weights, bias: Float32Array.from(bias) };
}
