import { ProtobufWriter } from './protobuf-writer.ts';

// Field numbers and type codes of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
const ELEMENT_TYPES = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, float16: 10 } as const;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_STRING = 3;
const ATTRIBUTE_INTS = 7;
const IR_VERSION = 8;
const OPSET = 13;

export type ElementType = keyof typeof ELEMENT_TYPES;
/** A dimension is a size or the name of a size known only at run time. */
export type Dimension = number | string;
export type Attribute = number | string | readonly number[];

/** Builds one ONNX model: constants and operations are added in order, values are referred to by name. */
export class OnnxGraph {
  readonly #nodes: ProtobufWriter[] = [];
  readonly #constants: ProtobufWriter[] = [];
  readonly #inputs: ProtobufWriter[] = [];
  readonly #outputs: ProtobufWriter[] = [];

  input(name: string, type: ElementType, shape: readonly Dimension[]): string {
    this.#inputs.push(valueInfo(name, type, shape));
    return name;
  }

  output(name: string, type: ElementType, shape: readonly Dimension[]): void {
    this.#outputs.push(valueInfo(name, type, shape));
  }

  /** Stores a tensor; `data` holds its little-endian elements, row-major. */
  constant(name: string, type: ElementType, shape: readonly number[], data: ArrayBufferView): string {
    const tensor = new ProtobufWriter();
    for (const size of shape) tensor.integer(1, size);
    tensor.integer(2, ELEMENT_TYPES[type]).string(8, name);
    tensor.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    this.#constants.push(tensor);
    return name;
  }

  /** Adds an operation with one output and returns the output's name. */
  add(operator: string, inputs: readonly string[], output: string, attributes: Record<string, Attribute> = {}): string {
    const node = new ProtobufWriter();
    for (const input of inputs) node.string(1, input);
    node.string(2, output).string(3, output).string(4, operator);
    for (const [name, value] of Object.entries(attributes)) node.message(5, attribute(name, value));
    this.#nodes.push(node);
    return output;
  }

  cast(input: string, to: ElementType, output: string): string {
    return this.add('Cast', [input], output, { to: ELEMENT_TYPES[to] });
  }

  /** Serialises the model (ModelProto). The same calls always give the same bytes. */
  serialize(name: string): Buffer {
    const graph = new ProtobufWriter();
    for (const node of this.#nodes) graph.message(1, node);
    graph.string(2, name);
    for (const constant of this.#constants) graph.message(5, constant);
    for (const input of this.#inputs) graph.message(11, input);
    for (const output of this.#outputs) graph.message(12, output);
    const model = new ProtobufWriter().integer(1, IR_VERSION).string(2, '@photoorg/vision').message(7, graph);
    return model.message(8, new ProtobufWriter().string(1, '').integer(2, OPSET)).finish();
  }
}

function attribute(name: string, value: Attribute): ProtobufWriter {
  const proto = new ProtobufWriter().string(1, name);
  if (typeof value === 'number') return proto.integer(3, value).integer(20, ATTRIBUTE_INT);
  if (typeof value === 'string') return proto.string(4, value).integer(20, ATTRIBUTE_STRING);
  for (const item of value) proto.integer(8, item);
  return proto.integer(20, ATTRIBUTE_INTS);
}

function valueInfo(name: string, type: ElementType, shape: readonly Dimension[]): ProtobufWriter {
  const dimensions = new ProtobufWriter();
  for (const size of shape) {
    const dimension = new ProtobufWriter();
    dimensions.message(1, typeof size === 'string' ? dimension.string(2, size) : dimension.integer(1, size));
  }
  const tensorType = new ProtobufWriter().integer(1, ELEMENT_TYPES[type]).message(2, dimensions);
  return new ProtobufWriter().string(1, name).message(2, new ProtobufWriter().message(1, tensorType));
}
