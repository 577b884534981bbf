// Field numbers of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
const MODEL_GRAPH = 7;
const GRAPH_INITIALIZER = 5;
const TENSOR_TYPE = 2;
const TENSOR_RAW_DATA = 9;
const TYPE_FLOAT32 = 1;

const WIRE_VARINT = 0;
const WIRE_FIXED_64 = 1;
const WIRE_LENGTH_DELIMITED = 2;
const WIRE_FIXED_32 = 5;

/** Weights this much smaller than the largest of their tensor are lost in the rounding of any sum with it. */
const TINY = 1e-12;

/** Smaller tensors hold constants of formulas, such as the least divisor of a normalisation, rather than weights. */
const LEAST_WEIGHTS = 1024;

/** A field of a protobuf message: a number, or the bytes from `start` to `end`. */
interface Field {
  number: number;
  value: number;
  start: number;
  end: number;
}

/**
 * Sets the tiny weights of an ONNX file to zero, in place.
 *
 * Training with weight decay leaves numbers such as 1e-39 in channels that died, and processors take a hundred times as long for each
 * product with one: faceplugin's network of 0.44 GFLOP takes 61 ms a face with them and 9 without, for the same embedding to the last
 * digit. Processors can be told to ignore such numbers, but onnxruntime tells only the first thread that loads a network.
 */
export function dropTinyWeights(model: Uint8Array): void {
  for (const graph of readFields(model, 0, model.length, MODEL_GRAPH)) {
    for (const tensor of readFields(model, graph.start, graph.end, GRAPH_INITIALIZER)) {
      const [type] = readFields(model, tensor.start, tensor.end, TENSOR_TYPE);
      if (type?.value !== TYPE_FLOAT32) continue;
      for (const { start, end } of readFields(model, tensor.start, tensor.end, TENSOR_RAW_DATA)) {
        dropTiny(new DataView(model.buffer, model.byteOffset + start, end - start));
      }
    }
  }
}

function dropTiny(weights: DataView): void {
  const count = weights.byteLength / Float32Array.BYTES_PER_ELEMENT;
  if (count < LEAST_WEIGHTS || !Number.isInteger(count)) return;
  let largest = 0;
  for (let i = 0; i < count; i++) largest = Math.max(largest, Math.abs(weights.getFloat32(4 * i, true)));
  for (let i = 0; i < count; i++) {
    if (Math.abs(weights.getFloat32(4 * i, true)) < TINY * largest) weights.setFloat32(4 * i, 0, true);
  }
}

/** The fields of that number in the message from `start` to `end`; none where it cannot be read: the runtime says what is wrong with a file. */
function readFields(bytes: Uint8Array, start: number, end: number, number: number): Field[] {
  const fields: Field[] = [];
  let at = start;
  const readVarint = () => {
    let value = 0;
    for (let scale = 1; at < end; scale *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) break;
    }
    return value;
  };
  while (at < end) {
    const tag = readVarint();
    const wire = tag % 8;
    const field: Field = { number: Math.floor(tag / 8), value: 0, start: at, end: at };
    if (wire === WIRE_VARINT) field.value = readVarint();
    else if (wire === WIRE_FIXED_64) at += 8;
    else if (wire === WIRE_FIXED_32) at += 4;
    else if (wire === WIRE_LENGTH_DELIMITED) {
      const length = readVarint();
      field.start = at;
      at += length;
    } else return [];
    field.end = at;
    if (at > end) return [];
    if (field.number === number) fields.push(field);
  }
  return fields;
}
