import { InvalidInputError } from '../errors.ts';
import type { FaceEmbedder } from './face-embedder.ts';

/**
 * Embeds face chips (RGB bytes of the size that `embedder.chip` says, see {@link alignFace}), of one photo or of many, in as few passes as possible.
 *
 * @throws InvalidInputError for a chip of another size.
 * @example
 * ```ts
 * const chip = extractFaceChip(image, findFaceChipRect(found.landmarks));
 * const [embedding] = await embedFaces([chip], engine.embedder); // 128 numbers
 * ```
 */
export async function embedFaces(chips: readonly Uint8Array[], embedder: FaceEmbedder): Promise<Float32Array[]> {
  const { size } = embedder.chip;
  const expected = size * size * 3;
  chips.forEach((chip, i) => {
    if (chip.length !== expected) {
      throw new InvalidInputError(
        `Expected ${expected} bytes (${size} x ${size} RGB) for chips[${i}] but received ${chip.length}.`,
      );
    }
  });
  return embedder.embed(chips);
}
