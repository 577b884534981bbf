import { CHIP_SIZE } from '../align/face-chip-rect.ts';
import { InvalidInputError } from '../errors.ts';
import type { FaceEmbedder } from './face-embedder.ts';

const CHIP_BYTES = CHIP_SIZE * CHIP_SIZE * 3;

/**
 * Embeds face chips (150 x 150 RGB bytes each, see {@link alignFace}), of one photo or of many, in as few passes as possible.
 *
 * @throws InvalidInputError for a chip of another size.
 */
export async function embedFaces(chips: readonly Uint8Array[], embedder: FaceEmbedder): Promise<Float32Array[]> {
  chips.forEach((chip, i) => {
    if (chip.length !== CHIP_BYTES) {
      throw new InvalidInputError(`Expected ${CHIP_BYTES} bytes (150 x 150 RGB) for chips[${i}] but received ${chip.length}.`);
    }
  });
  return embedder.embed(chips);
}
