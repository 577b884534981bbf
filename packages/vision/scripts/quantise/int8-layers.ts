import { CONVOLUTION_SHAPE, convolutionAttributes, type ResnetLayers, STEM_POOL } from '../convert/resnet-layers.ts';
import type { Convolution } from '../dlib/convolution.ts';
import type { OnnxGraph } from '../onnx/onnx-graph.ts';

/** Smallest and largest value that an activation takes, as calibration saw it. */
export type ActivationRange = readonly [low: number, high: number];

// x86 processors without VNNI add pairs of 8-bit products in 16 bits, which may overflow. On eight sample faces 93 of 55 million
// pairs did, by 9 % on average: nothing to give up a bit of every weight for (mean distance to float32 0.040 instead of 0.029).
const WEIGHT_LIMIT = 127;
// Scales tried per channel, relative to the one that the largest weight just fits into.
const SMALLEST_SCALE_SHARE = 0.7;
const SCALE_SHARE_STEP = 0.05;

const ACTIVATION_LEVELS = 255;
const NHWC_TO_NCHW = [0, 3, 1, 2];

/**
 * The network with 8-bit weights (a scale per output channel) and 8-bit activations, in the quantise-dequantise form that
 * runtimes turn into integer kernels. Rectification costs nothing: a range that starts at zero cuts negative values off.
 */
export function int8Layers(graph: OnnxGraph, ranges: Record<string, ActivationRange>): ResnetLayers {
  const scales = new Map<string, number>();
  const scaleOf = (value: string) => {
    const scale = scales.get(value);
    if (scale === undefined) throw new Error(`${value} is not quantised.`);
    return scale;
  };

  /** Rounds a value to 255 levels of its range; `value` becomes readable as float32 again under `name`. */
  const quantise = (value: string, name: string): string => {
    const range = ranges[name];
    if (!range) throw new Error(`No range was calibrated for ${name}.`);
    const scale = (range[1] - range[0]) / ACTIVATION_LEVELS;
    const parameters = [
      graph.constant(`${name}_scale`, 'float32', [], Float32Array.of(scale)),
      graph.constant(`${name}_zero`, 'uint8', [], Uint8Array.of(Math.round(-range[0] / scale))),
    ];
    graph.add('QuantizeLinear', [value, ...parameters], `${name}_uint8`);
    scales.set(name, Math.fround(scale));
    return graph.add('DequantizeLinear', [`${name}_uint8`, ...parameters], name);
  };

  return {
    input() {
      graph.add('Transpose', ['chips'], 'chips_nchw', { perm: NHWC_TO_NCHW });
      graph.constant('chips_scale', 'float32', [], Float32Array.of(1));
      graph.constant('chips_zero', 'uint8', [], Uint8Array.of(0));
      scales.set('chips_float', 1);
      return graph.add('DequantizeLinear', ['chips_nchw', 'chips_scale', 'chips_zero'], 'chips_float');
    },
    convolve(input, convolution, name) {
      const { outputChannels, bias } = convolution;
      const { values, scales: weightScales } = quantiseWeights(convolution);
      const biasScales = weightScales.map((scale) => scale * scaleOf(input));
      const weights = graph.add(
        'DequantizeLinear',
        [
          graph.constant(`${name}_w_int8`, 'int8', CONVOLUTION_SHAPE(convolution), values),
          graph.constant(`${name}_w_scale`, 'float32', [outputChannels], weightScales),
          graph.constant(`${name}_w_zero`, 'int8', [outputChannels], new Int8Array(outputChannels)),
        ],
        `${name}_w`,
        { axis: 0 },
      );
      const biases = graph.add(
        'DequantizeLinear',
        [
          graph.constant(
            `${name}_b_int32`,
            'int32',
            [outputChannels],
            Int32Array.from(bias, (value, i) => Math.round(value / biasScales[i]!)),
          ),
          graph.constant(`${name}_b_scale`, 'float32', [outputChannels], biasScales),
          graph.constant(`${name}_b_zero`, 'int32', [outputChannels], new Int32Array(outputChannels)),
        ],
        `${name}_b`,
        { axis: 0 },
      );
      return graph.add('Conv', [input, weights, biases], name, convolutionAttributes(convolution));
    },
    linear: quantise,
    relu: quantise,
    maxPool(value, name) {
      graph.add('MaxPool', [`${value}_uint8`], `${name}_uint8`, STEM_POOL);
      scales.set(name, scaleOf(value));
      return graph.add('DequantizeLinear', [`${name}_uint8`, `${value}_scale`, `${value}_zero`], name);
    },
  };
}

function quantiseWeights({ weights, outputChannels }: Convolution): { values: Int8Array; scales: Float32Array } {
  const perChannel = weights.length / outputChannels;
  const scales = new Float32Array(outputChannels);
  const values = new Int8Array(weights.length);
  for (let channel = 0; channel < outputChannels; channel++) {
    const channelWeights = weights.subarray(channel * perChannel, (channel + 1) * perChannel);
    scales[channel] = findBestScale(channelWeights);
    channelWeights.forEach((weight, i) => {
      values[channel * perChannel + i] = toLevel(weight, scales[channel]!);
    });
  }
  return { values, scales };
}

/** The scale with the least squared error: cutting the few largest weights off makes the steps finer for all others. */
function findBestScale(weights: Float32Array): number {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  let best = { scale: largest / WEIGHT_LIMIT, error: Number.POSITIVE_INFINITY };
  for (let share = 1; share >= SMALLEST_SCALE_SHARE; share -= SCALE_SHARE_STEP) {
    const scale = Math.fround((share * largest) / WEIGHT_LIMIT);
    let error = 0;
    for (const weight of weights) error += (weight - toLevel(weight, scale) * scale) ** 2;
    if (error < best.error) best = { scale, error };
  }
  return best.scale;
}

function toLevel(weight: number, scale: number): number {
  return Math.max(-WEIGHT_LIMIT, Math.min(WEIGHT_LIMIT, Math.round(weight / scale)));
}
