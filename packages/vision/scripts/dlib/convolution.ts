import type { DlibReader } from './dlib-reader.ts';

/** A convolution, after {@link foldScale} together with the affine layer or batch normalisation that follows it. */
export interface Convolution {
  outputChannels: number;
  inputChannels: number;
  kernelSize: number;
  stride: number;
  padding: number;
  /** outputChannels x inputChannels x kernelSize x kernelSize. */
  weights: Float32Array;
  bias: Float32Array;
}

/** The name dlib writes before a convolution. */
export const CONVOLUTION_TAG = 'con_4';

/** Reads a convolution; the reader stands behind its tag. */
export function readConvolution(reader: DlibReader): Convolution {
  const parameters = reader.tensor().data;
  const outputChannels = reader.integer();
  const kernelSize = reader.integer();
  reader.integer(); // kernel columns: all kernels are square
  const stride = reader.integer();
  reader.integer(); // horizontal stride, the same
  const padding = reader.integer();
  const weightsPerOutput = (parameters.length - outputChannels) / outputChannels;
  return {
    outputChannels,
    inputChannels: weightsPerOutput / kernelSize ** 2,
    kernelSize,
    stride,
    padding,
    weights: parameters.slice(0, outputChannels * weightsPerOutput),
    bias: parameters.slice(outputChannels * weightsPerOutput),
  };
}

/** gamma * (w x + b) + beta = (gamma w) x + (gamma b + beta), with one gamma and beta per output channel. */
export function foldScale(convolution: Convolution, gamma: ArrayLike<number>, beta: ArrayLike<number>): Convolution {
  const weightsPerOutput = convolution.weights.length / convolution.outputChannels;
  const weights = convolution.weights.map((weight, i) => weight * gamma[Math.floor(i / weightsPerOutput)]!);
  const bias = convolution.bias.map((value, channel) => value * gamma[channel]! + beta[channel]!);
  return { ...convolution, weights, bias };
}
