import { OnnxGraph } from '../onnx/onnx-graph.ts';
import { halfToNumber } from '../tensorflow/half-float.ts';
import type { GraphConstant, GraphModel, GraphNode } from '../tensorflow/read-graph-model.ts';

const PIXEL_SCALE_CONSTANT = 'mul/y';
const STANDARDIZE_SCALE_CONSTANT = 'standardize_input/mul/x';
const STANDARDIZE_SHIFT_CONSTANT = 'standardize_input/sub/y';
const FIRST_CONVERTED_VALUE = 'standardize_input/sub';
const HEAD_PREFIX = /^.*prediction_layers\//;

/** A byte's middle, to which DequantizeLinear can shift: its zero point is a byte itself. */
const PIXEL_ZERO_POINT = 128;

/**
 * Writes the FaceBoxes network as ONNX.
 *
 * Input `image`: uint8, 1 x height x width x RGB, sides multiples of 128. Outputs for each of three anchor grids k:
 * `scores_k` (1 x rows x columns x 2 per anchor: background, face) and `boxes_k` (4 per anchor). Padding, anchors and
 * non-maximum suppression of the original graph are left to the caller; weights stay the half floats they are published as.
 */
export function convertFaceBoxes(published: GraphModel): Buffer {
  const graph = new OnnxGraph();
  const model = mirrorFirstLayer(foldPixelScale(published));
  const values = new Map([[FIRST_CONVERTED_VALUE, addInput(graph)]]);
  for (const node of model.nodes) {
    const inputs = node.inputs.map((input) => values.get(input));
    const [input] = inputs;
    if (!input || values.has(node.name)) continue;
    if (node.operator === '_FusedConv2D' && node.name.includes('prediction_layers')) addHead(graph, model, node, input);
    else if (node.operator === '_FusedConv2D') values.set(node.name, addConvolution(graph, model, node, input));
    else if (node.operator === 'Relu' || node.operator === 'Neg')
      values.set(node.name, graph.add(node.operator, [input], node.name));
    else if (node.operator === 'MaxPool') values.set(node.name, addMaxPool(graph, node, input));
    else if (node.operator === 'ConcatV2') {
      const parts = inputs.slice(0, -1); // the last input is the axis
      if (parts.every((part) => part !== undefined)) values.set(node.name, graph.add('Concat', parts, node.name, { axis: 1 }));
    }
  }
  return graph.serialize('faceboxes');
}

/**
 * The published graph standardises pixels as byte * scale - shift. The scale and what the shift differs from the zero point by
 * move into the first convolution. The zero point itself must stay before it, because that convolution pads with zeros: so
 * beyond the border lies 128 instead of 127.5.
 */
function foldPixelScale(model: GraphModel): GraphModel {
  const scalar = (name: string) => floats(constantOf(model, name))[0]!;
  const scale = scalar(PIXEL_SCALE_CONSTANT) * scalar(STANDARDIZE_SCALE_CONSTANT);
  const shift = scalar(STANDARDIZE_SHIFT_CONSTANT) / scale - PIXEL_ZERO_POINT;
  const [, weightsName, biasName] = firstConvolution(model).inputs as [string, string, string];
  const weights = constantOf(model, weightsName);
  const scaled = Float32Array.from(floats(weights), (weight) => weight * scale);
  const bias = Float32Array.from(floats(constantOf(model, biasName)));
  for (let i = 0; i < scaled.length; i++) bias[i % bias.length]! -= scaled[i]! * shift; // output channels lie innermost
  const constants = new Map(model.constants)
    .set(weightsName, { shape: weights.shape, type: 'float32', data: scaled })
    .set(biasName, { shape: [bias.length], type: 'float32', data: bias });
  return { nodes: model.nodes, constants };
}

/**
 * The first layer's output is joined with its negation. Computing both halves in one convolution takes less time than to turn,
 * negate and join 14 MB of numbers.
 */
function mirrorFirstLayer({ nodes, constants }: GraphModel): GraphModel {
  const convolution = firstConvolution({ nodes, constants });
  const negation = nodes.find(({ operator, inputs }) => operator === 'Neg' && inputs[0] === convolution.name)!;
  const join = nodes.find(({ operator, inputs }) => operator === 'ConcatV2' && inputs.includes(negation.name))!;
  const [, weightsName, biasName] = convolution.inputs as [string, string, string];
  const mirrored = new Map(constants);
  for (const name of [weightsName, biasName]) mirrored.set(name, appendNegated(constantOf({ nodes, constants }, name)));
  const rest = nodes.filter((node) => node !== convolution && node !== negation);
  const whole = { ...convolution, name: join.name };
  return { nodes: rest.map((node) => (node === join ? whole : node)), constants: mirrored };
}

/** Doubles the innermost dimension: the values, then the values negated. */
function appendNegated(constant: GraphConstant): GraphConstant {
  const values = floats(constant);
  const size = constant.shape.at(-1)!;
  const data = new Float32Array(values.length * 2);
  values.forEach((value, i) => {
    const to = Math.floor(i / size) * 2 * size + (i % size);
    data[to] = value;
    data[to + size] = -value;
  });
  return { shape: [...constant.shape.slice(0, -1), size * 2], type: 'float32', data };
}

function firstConvolution({ nodes }: GraphModel): GraphNode {
  return nodes.find(({ operator, inputs }) => operator === '_FusedConv2D' && inputs[0] === FIRST_CONVERTED_VALUE)!;
}

function addInput(graph: OnnxGraph): string {
  graph.input('image', 'uint8', [1, 'height', 'width', 3]);
  graph.constant('pixel_scale', 'float32', [], Float32Array.of(1));
  graph.constant('pixel_zero_point', 'uint8', [], Uint8Array.of(PIXEL_ZERO_POINT));
  const nchw = graph.add('Transpose', ['image'], 'image_nchw', { perm: [0, 3, 1, 2] });
  return graph.add('DequantizeLinear', [nchw, 'pixel_scale', 'pixel_zero_point'], 'image_shifted');
}

function addConvolution(graph: OnnxGraph, model: GraphModel, node: GraphNode, input: string): string {
  const [, weightsName, biasName] = node.inputs as [string, string, string];
  const weights = constantOf(model, weightsName);
  const [height, width, inputChannels, outputChannels] = weights.shape as [number, number, number, number];
  const name = node.name;
  const kernel = addConstant(
    graph,
    `${name}/weights`,
    [outputChannels, inputChannels, height, width],
    weights.type,
    toOihw(weights),
  );
  const bias = constantOf(model, biasName);
  const inputs = [input, kernel, addConstant(graph, `${name}/bias`, bias.shape, bias.type, bias.data)];
  const attributes = { kernel_shape: [height, width], strides: spatial(node.strides), auto_pad: 'SAME_UPPER' };
  if (!node.fusedOperators.includes('Relu')) return graph.add('Conv', inputs, name, attributes);
  return graph.add('Relu', [graph.add('Conv', inputs, `${name}/linear`, attributes)], name);
}

/** A prediction layer: its output goes back to rows x columns x channels, so that the anchors of a cell lie together. */
function addHead(graph: OnnxGraph, model: GraphModel, node: GraphNode, input: string): void {
  const output = node.name
    .replace(HEAD_PREFIX, '')
    .replace('/BiasAdd', '')
    .replace('class_predictor', 'scores')
    .replace('box_encoding_predictor', 'boxes');
  graph.add('Transpose', [addConvolution(graph, model, node, input)], output, { perm: [0, 2, 3, 1] });
  const channels = constantOf(model, node.inputs[2]!).shape[0]!;
  graph.output(output, 'float32', [1, `${output}_rows`, `${output}_columns`, channels]);
}

function addMaxPool(graph: OnnxGraph, node: GraphNode, input: string): string {
  const attributes = { kernel_shape: spatial(node.kernelSize), strides: spatial(node.strides), auto_pad: 'SAME_UPPER' };
  return graph.add('MaxPool', [input], node.name, attributes);
}

/** Half floats are stored as such and widened in the graph; runtimes do that once, when they load the model. */
function addConstant(
  graph: OnnxGraph,
  name: string,
  shape: number[],
  type: GraphConstant['type'],
  data: GraphConstant['data'],
): string {
  if (type === 'float32') return graph.constant(name, type, shape, data);
  return graph.cast(graph.constant(`${name}/half`, type, shape, data), 'float32', name);
}

function toOihw({ shape, data }: GraphConstant): GraphConstant['data'] {
  const [height, width, inputChannels, outputChannels] = shape as [number, number, number, number];
  const reordered = data.slice();
  let from = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let i = 0; i < inputChannels; i++) {
        for (let o = 0; o < outputChannels; o++) reordered[((o * inputChannels + i) * height + y) * width + x] = data[from++]!;
      }
    }
  }
  return reordered;
}

function spatial(sizes: number[] | null): number[] {
  if (sizes?.length !== 4) throw new Error('Expected sizes for batch, rows, columns and channels.');
  return sizes.slice(1, 3);
}

function constantOf(model: GraphModel, name: string): GraphConstant {
  const constant = model.constants.get(name);
  if (!constant) throw new Error(`The graph has no constant ${name}.`);
  return constant;
}

function floats({ type, data }: GraphConstant): number[] {
  return type === 'float16' ? Array.from(data, halfToNumber) : Array.from(data);
}
