import { decodeImage } from './decode-image.ts';
import { GREY_SIDE, type ImagePreview, previewOf } from './image-preview.ts';
import type { ImageInput } from './open-picture.ts';

/** Frequencies per axis that make the hash: 8 x 8 bits. */
const FREQUENCIES = 8;

/** `COSINES[u][x]` of the discrete cosine transform, for frequencies 1..8: frequency 0 is the brightness, which recompression and editing change. */
const COSINES = Array.from({ length: FREQUENCIES }, (_, u) =>
  Float64Array.from({ length: GREY_SIDE }, (_, x) => Math.cos(((2 * x + 1) * (u + 1) * Math.PI) / (2 * GREY_SIDE))),
);

/**
 * A 64-bit hash of how a photo looks: the signs, against their median, of its 8 x 8 lowest frequencies (DCT pHash).
 *
 * Copies that were resized or recompressed differ in few bits; compare with the number of differing bits, as in `hammingDistance`.
 *
 * @param image path, or encoded image
 * @returns 0 .. 2^64 - 1
 * @throws {IngestError} as `renderThumbnail`
 * @example
 * ```ts
 * const hash = (await perceptualHash('holiday.jpg')).toString(16).padStart(16, '0');
 * ```
 */
export async function perceptualHash(image: ImageInput): Promise<bigint> {
  return perceptualHashOf(await decodeImage(image, ({ sharp }) => previewOf(sharp)));
}

/** The hash of a small copy that is already decoded. */
export function perceptualHashOf({ grey }: Pick<ImagePreview, 'grey'>): bigint {
  const spectrum = COSINES.flatMap((vertical) => COSINES.map((horizontal) => coefficient(grey, vertical, horizontal)));
  const sorted = spectrum.toSorted((a, b) => a - b);
  const median = ((sorted[31] ?? 0) + (sorted[32] ?? 0)) / 2;
  return spectrum.reduce((hash, value) => (hash << 1n) | (value > median ? 1n : 0n), 0n);
}

function coefficient(grey: Uint8Array, vertical: Float64Array, horizontal: Float64Array): number {
  let sum = 0;
  for (let y = 0; y < GREY_SIDE; y++) {
    let row = 0;
    for (let x = 0; x < GREY_SIDE; x++) row += (grey[y * GREY_SIDE + x] ?? 0) * (horizontal[x] ?? 0);
    sum += row * (vertical[y] ?? 0);
  }
  return sum;
}

/**
 * In how many of 64 bits two perceptual hashes differ: 0 for the same picture, about 32 for unrelated ones.
 *
 * @example
 * ```ts
 * const [original, edited] = await Promise.all([perceptualHash('beach.jpg'), perceptualHash('beach-small.jpg')]);
 * const isCopy = hammingDistance(original, edited) <= 8;
 * ```
 */
export function hammingDistance(a: bigint, b: bigint): number {
  let difference = BigInt.asUintN(64, a ^ b);
  let bits = 0;
  for (; difference !== 0n; difference &= difference - 1n) bits++;
  return bits;
}
