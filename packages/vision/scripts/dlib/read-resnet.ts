import { CONVOLUTION_TAG, type Convolution, foldScale, readConvolution } from './convolution.ts';
import { DlibReader } from './dlib-reader.ts';

/** The parameters of dlib's face recognition network, in the order in which data flows through them. */
export interface DlibResnet {
  convolutions: Convolution[];
  /** 256 x 128, applied to a row vector from the right; it has no bias. */
  fullyConnected: Float32Array;
}

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
    const affine = reader.tensor().data; // all gammas, then all betas
    convolutions.push(foldScale(convolution, affine, affine.subarray(convolution.outputChannels)));
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
