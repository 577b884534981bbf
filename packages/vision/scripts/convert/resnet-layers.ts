import type { Convolution } from '../dlib/convolution.ts';
import type { OnnxGraph } from '../onnx/onnx-graph.ts';

/** How the layers of dlib's network are written into a graph: in float32, or quantised. Values are referred to by name. */
export interface ResnetLayers {
  /** Brings the input `chips` (uint8, N x 150 x 150 x RGB) into the layout and type that the first convolution reads. */
  input(): string;
  /** The convolution alone; its result is given to {@link linear} or {@link relu}. */
  convolve(input: string, convolution: Convolution, name: string): string;
  /** A value that may be negative. */
  linear(value: string, name: string): string;
  relu(value: string, name: string): string;
  /** 3 x 3 cells, stride 2. */
  maxPool(value: string, name: string): string;
}

export const CONVOLUTION_SHAPE = ({ outputChannels, inputChannels, kernelSize }: Convolution) => [
  outputChannels,
  inputChannels,
  kernelSize,
  kernelSize,
];

export const convolutionAttributes = ({ kernelSize, stride, padding }: Convolution) => ({
  kernel_shape: [kernelSize, kernelSize],
  strides: [stride, stride],
  pads: [padding, padding, padding, padding],
});

const NHWC_TO_NCHW = [0, 3, 1, 2];
export const STEM_POOL = { kernel_shape: [3, 3], strides: [2, 2] };

/** The network in the precision it was published in. */
export function floatLayers(graph: OnnxGraph): ResnetLayers {
  return {
    input: () => graph.add('Transpose', [graph.cast('chips', 'float32', 'chips_float')], 'chips_nchw', { perm: NHWC_TO_NCHW }),
    convolve(input, convolution, name) {
      const weights = graph.constant(`${name}_w`, 'float32', CONVOLUTION_SHAPE(convolution), convolution.weights);
      const bias = graph.constant(`${name}_b`, 'float32', [convolution.outputChannels], convolution.bias);
      return graph.add('Conv', [input, weights, bias], name, convolutionAttributes(convolution));
    },
    linear: (value) => value,
    relu: (value, name) => graph.add('Relu', [value], name),
    maxPool: (value, name) => graph.add('MaxPool', [value], name, STEM_POOL),
  };
}
