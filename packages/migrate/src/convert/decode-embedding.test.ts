import { describe, expect, it } from 'vitest';
import { decodeEmbedding } from './decode-embedding.ts';
import { UnreadableValueError } from './unreadable-value-error.ts';

const numbers = [0.25, -0.5, 1.75, 0.125];
const dimension = numbers.length;

function bytesOf(array: Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(array.buffer);
}

describe('an embedding', () => {
  it.each([
    { desc: 'float32 bytes', value: bytesOf(Float32Array.from(numbers)) },
    { desc: 'float64 bytes, as numpy writes them', value: bytesOf(Float64Array.from(numbers)) },
    { desc: 'a JSON array', value: JSON.stringify(numbers) },
    { desc: "pgvector's text", value: `[${numbers.join(',')}]` },
  ])('is read from $desc', ({ value }) => {
    expect(Array.from(decodeEmbedding(value, dimension)!)).toEqual(numbers);
  });

  it('is read from bytes that do not begin at a multiple of eight', () => {
    const shifted = new Uint8Array(1 + dimension * 8);
    shifted.set(bytesOf(Float64Array.from(numbers)), 1);
    expect(Array.from(decodeEmbedding(shifted.subarray(1), dimension)!)).toEqual(numbers);
  });

  it('may be absent', () => {
    expect(decodeEmbedding(null, dimension)).toBeNull();
  });

  it.each([
    { desc: 'bytes of another length', value: new Uint8Array(7) },
    { desc: 'too few numbers', value: '[1,2,3]' },
    { desc: 'text that is no array', value: 'b64:AAAA' },
    { desc: 'an array of texts', value: '["1","2","3","4"]' },
    { desc: 'NaN', value: bytesOf(Float32Array.from([Number.NaN, 1, 2, 3])) },
    { desc: 'a float64 too large for float32', value: bytesOf(Float64Array.from([1e300, 1, 2, 3])) },
    { desc: 'all zeros', value: bytesOf(new Float32Array(dimension)) },
  ])('is refused when it is $desc', ({ value }) => {
    expect(() => decodeEmbedding(value, dimension)).toThrow(UnreadableValueError);
  });
});
