import { DlibReader } from './dlib-reader.ts';

/** A convolution whose following affine layer (a frozen batch normalisation) is already folded into it. */
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

/** The parameters of dlib's face recognition network, in the order in which data flows through them. */
export interface DlibResnet {
  convolutions: Convolution[];
  /** 256 x 128, applied to a row vector from the right; it has no bias. */
  fullyConnected: Float32Array;
}

const CONVOLUTION_TAG = 'con_4';
const AFFINE_TAG = 'affine_';
const FULLY_CONNECTED_TAG = 'fc_2';
// Counted in the network's definition, http://dlib.net/dnn_face_recognition_ex.cpp.html
const CONVOLUTION_COUNT = 29;

/**
 * Reads `dlib_face_recognition_resnet_model_v1.dat`.
 *
 * dlib writes layers from the input on, each introduced by its name, with training state in between that is of no use here.
 * Finding layers by their names is exact because the file is pinned by its checksum.
 */
export function readDlibResnet(bytes: Buffer): DlibResnet {
  const reader = new DlibReader(bytes);
  const convolutions: Convolution[] = [];
  while (reader.skipPast(CONVOLUTION_TAG)) {
    const convolution = readConvolution(reader);
    if (!reader.skipPast(AFFINE_TAG)) throw new Error('A convolution of the dlib network has no affine layer after it.');
    convolutions.push(foldAffine(convolution, reader.tensor().data));
  }
  if (convolutions.length !== CONVOLUTION_COUNT) {
    throw new Error(`Expected ${CONVOLUTION_COUNT} convolutions but found ${convolutions.length}.`);
  }
  const tail = new DlibReader(bytes);
  if (!tail.skipPast(FULLY_CONNECTED_TAG)) throw new Error('The dlib network has no fully connected layer.');
  tail.integer();
  tail.integer();
  return { convolutions, fullyConnected: tail.tensor().data };
}

function readConvolution(reader: DlibReader): Convolution {
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

/** gamma * (w x + b) + beta = (gamma w) x + (gamma b + beta); `affine` holds all gammas, then all betas. */
function foldAffine(convolution: Convolution, affine: Float32Array): Convolution {
  const { outputChannels } = convolution;
  const weightsPerOutput = convolution.weights.length / outputChannels;
  const weights = convolution.weights.map((weight, i) => weight * affine[Math.floor(i / weightsPerOutput)]!);
  const bias = convolution.bias.map((value, channel) => value * affine[channel]! + affine[outputChannels + channel]!);
  return { ...convolution, weights, bias };
}
