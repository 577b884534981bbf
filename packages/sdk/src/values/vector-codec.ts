import { InvalidInputError } from '../errors/invalid-input-error.ts';

/** pgvector's binary form: int16 dimension, int16 unused, then big-endian float4s. */
const HEADER_BYTES = 4;
const FLOAT_BYTES = 4;

/**
 * A vector as a query parameter: `[0.5,-0.25]`. Cast it in SQL with `::vector`.
 *
 * Every float32 survives unchanged. Throws InvalidInputError on a component that is not finite, which pgvector cannot hold.
 */
export function encodeVector(vector: ArrayLike<number>): string {
  const numbers = Array.from(vector);
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1) throw InvalidInputError.expected('finite numbers', `embedding[${bad}]`, numbers[bad]);
  return JSON.stringify(numbers);
}

/** A vector read with `vector_send(embedding)`: twice as cheap as parsing its text, and exact. */
export function readVector(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dimension = view.getInt16(0);
  const vector = new Float32Array(dimension);
  for (let i = 0; i < dimension; i++) vector[i] = view.getFloat32(HEADER_BYTES + i * FLOAT_BYTES);
  return vector;
}

/** pgvector's binary form of a vector, as COPY BINARY and binary parameters take it; the inverse of `readVector`. */
export function writeVector(vector: Float32Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + vector.length * FLOAT_BYTES);
  const view = new DataView(bytes.buffer);
  view.setInt16(0, vector.length);
  for (let i = 0; i < vector.length; i++) view.setFloat32(HEADER_BYTES + i * FLOAT_BYTES, vector[i]!);
  return bytes;
}
