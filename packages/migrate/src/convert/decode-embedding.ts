import { type SourceValue, showValue } from '../source/source-row.ts';
import { UnreadableValueError } from './unreadable-value-error.ts';

const bytesPerFloat32 = 4;
const bytesPerFloat64 = 8;

/**
 * An embedding as old libraries store it: little-endian float32 or float64 bytes (numpy's `tobytes()`; face_recognition gives
 * float64), a JSON array, or pgvector's text, which is the same. Null stays null.
 */
export function decodeEmbedding(value: SourceValue, dimension: number): Float32Array | null {
  if (value === null) return null;
  const numbers = value instanceof Uint8Array ? decodeBytes(value, dimension) : decodeText(value, dimension);
  if (!numbers.every(Number.isFinite))
    throw new UnreadableValueError('Expected finite numbers but the embedding holds NaN or infinity.');
  // No network gives all zeros: some libraries write them where embedding failed.
  if (numbers.every((number) => number === 0)) throw new UnreadableValueError('The embedding is all zeros.');
  return numbers;
}

function decodeBytes(bytes: Uint8Array, dimension: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === dimension * bytesPerFloat32) {
    return Float32Array.from({ length: dimension }, (_, index) => view.getFloat32(index * bytesPerFloat32, true));
  }
  if (bytes.length === dimension * bytesPerFloat64) {
    return Float32Array.from({ length: dimension }, (_, index) => view.getFloat64(index * bytesPerFloat64, true));
  }
  throw new UnreadableValueError(
    `Expected ${dimension * bytesPerFloat32} or ${dimension * bytesPerFloat64} bytes for ${dimension} numbers but received ${bytes.length}.`,
  );
}

function decodeText(value: string | number | bigint, dimension: number): Float32Array {
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(String(value));
  } catch (cause) {
    throw new UnreadableValueError(`Expected a JSON array of ${dimension} numbers but received ${showValue(value)}.`, { cause });
  }
  if (!Array.isArray(parsed) || parsed.length !== dimension || !parsed.every((number) => typeof number === 'number')) {
    throw new UnreadableValueError(`Expected a JSON array of ${dimension} numbers but received ${showValue(value)}.`);
  }
  return Float32Array.from(parsed);
}
