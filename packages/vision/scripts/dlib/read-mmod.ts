import { CONVOLUTION_TAG, type Convolution, foldScale, readConvolution } from './convolution.ts';
import { DlibReader } from './dlib-reader.ts';

const BATCH_NORMALISATION_TAG = 'bn_con2';
// Counted in the network's definition, http://dlib.net/dnn_mmod_face_detection_ex.cpp.html
const CONVOLUTION_COUNT = 7;
const ALIAS_INTEGERS = 5;
const LEARNING_RATES = 4;

/** Reads the convolutions of `mmod_human_face_detector.dat`; all but the last are followed by batch normalisation, folded in here. */
export function readMmod(bytes: Buffer): Convolution[] {
  const reader = new DlibReader(bytes);
  const convolutions: Convolution[] = [];
  while (reader.skipPast(CONVOLUTION_TAG)) {
    const convolution = readConvolution(reader);
    const isLast = convolutions.length === CONVOLUTION_COUNT - 1;
    convolutions.push(isLast ? convolution : foldBatchNormalisation(convolution, reader));
  }
  if (convolutions.length !== CONVOLUTION_COUNT) {
    throw new Error(`Expected ${CONVOLUTION_COUNT} convolutions but found ${convolutions.length}.`);
  }
  return convolutions;
}

/** gamma (x - mean) / sqrt(variance + epsilon) + beta, as dlib turns `bn_con` into `affine` when a network is only run. */
function foldBatchNormalisation(convolution: Convolution, reader: DlibReader): Convolution {
  if (!reader.skipPast(BATCH_NORMALISATION_TAG))
    throw new Error('A convolution of the dlib network has no normalisation after it.');
  const channels = convolution.outputChannels;
  const parameters = reader.tensor().data; // all gammas, then all betas
  for (let i = 0; i < 2 * ALIAS_INTEGERS; i++) reader.integer();
  reader.tensor(); // means and
  reader.tensor(); // inverse deviations of the last training batch
  const means = reader.tensor().data;
  const variances = reader.tensor().data;
  reader.integer(); // number of updates
  reader.integer(); // window of the running statistics
  for (let i = 0; i < LEARNING_RATES; i++) reader.float();
  const epsilon = reader.float();
  const gamma = Float64Array.from(variances, (variance, channel) => parameters[channel]! / Math.sqrt(variance + epsilon));
  const beta = Float64Array.from(means, (mean, channel) => parameters[channels + channel]! - gamma[channel]! * mean);
  return foldScale(convolution, gamma, beta);
}
