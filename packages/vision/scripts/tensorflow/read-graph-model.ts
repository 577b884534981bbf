/** A constant of the graph: float32 values, or the raw half floats (IEEE 754 binary16) that TensorFlow.js stores them as. */
export interface GraphConstant {
  shape: number[];
  type: 'float32' | 'float16';
  data: Float32Array | Uint16Array;
}

/** The parts of a TensorFlow node that the conversion looks at. */
export interface GraphNode {
  name: string;
  operator: string;
  inputs: string[];
  strides: number[] | null;
  kernelSize: number[] | null;
  /** Operations that TensorFlow merged into a convolution, e.g. ['BiasAdd', 'Relu']. */
  fusedOperators: string[];
}

export interface GraphModel {
  nodes: GraphNode[];
  constants: Map<string, GraphConstant>;
}

interface WeightSpec {
  name: string;
  shape: number[];
  dtype: 'float32' | 'int32' | 'bool';
  quantization?: { dtype: string };
}

interface RawNode {
  name: string;
  op: string;
  input?: string[];
  attr?: Record<string, { list?: { i?: string[]; s?: string[] } }>;
}

interface RawGraphModel {
  modelTopology: { node: RawNode[] };
  weightsManifest: { weights: WeightSpec[] }[];
}

/** Reads a TensorFlow.js graph model: `json` is its topology, `weights` its only weights file. */
export function readGraphModel(json: Buffer, weights: Buffer): GraphModel {
  const raw = JSON.parse(json.toString('utf8')) as RawGraphModel;
  const constants = new Map<string, GraphConstant>();
  let offset = 0;
  for (const spec of raw.weightsManifest.flatMap((group) => group.weights)) {
    const length = spec.shape.reduce((product, size) => product * size, 1);
    const bytes = weights.subarray(offset, offset + length * elementBytes(spec));
    offset += bytes.length;
    const constant = readConstant(spec, bytes);
    if (constant) constants.set(spec.name, constant);
  }
  if (offset !== weights.length) throw new Error(`The weights hold ${weights.length} bytes, the graph describes ${offset}.`);
  return { nodes: raw.modelTopology.node.map(readNode), constants };
}

function elementBytes(spec: WeightSpec): number {
  if (spec.quantization) {
    if (spec.quantization.dtype !== 'float16') throw new Error(`${spec.name} is quantised as ${spec.quantization.dtype}.`);
    return 2;
  }
  return spec.dtype === 'bool' ? 1 : 4;
}

/** Integers and booleans only steer the graph's own post-processing, which is not converted. */
function readConstant(spec: WeightSpec, bytes: Buffer): GraphConstant | null {
  const copy = new Uint8Array(bytes).buffer;
  if (spec.quantization) return { shape: spec.shape, type: 'float16', data: new Uint16Array(copy) };
  if (spec.dtype === 'float32') return { shape: spec.shape, type: 'float32', data: new Float32Array(copy) };
  return null;
}

function readNode(node: RawNode): GraphNode {
  return {
    name: node.name,
    operator: node.op,
    inputs: node.input ?? [],
    strides: node.attr?.strides?.list?.i?.map(Number) ?? null,
    kernelSize: node.attr?.ksize?.list?.i?.map(Number) ?? null,
    fusedOperators: (node.attr?.fused_ops?.list?.s ?? []).map((encoded) => Buffer.from(encoded, 'base64').toString()),
  };
}
