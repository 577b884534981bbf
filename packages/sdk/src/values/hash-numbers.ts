/** A number from 0 to below 2^32 that looks random and is always the same for these numbers: FNV-1a over their bits, word by word. */
export function hashNumbers(numbers: Float32Array): number {
  const words = new Uint32Array(numbers.slice().buffer);
  let hash = 0x811c9dc5;
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
