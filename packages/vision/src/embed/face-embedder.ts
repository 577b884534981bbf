import type { ChipShape } from '../options/chip-options.ts';
import type { EmbeddingSpace } from './embedding-space.ts';

/** Turns face chips into embeddings. */
export interface FaceEmbedder {
  readonly space: EmbeddingSpace;
  /** The chips it takes: RGB bytes of size x size pixels. */
  readonly chip: ChipShape;
  /**
   * One embedding a chip, in the order given; any number of chips.
   *
   * @example
   * ```ts
   * const { chip, space } = engine.embedder;
   * const black = new Uint8Array(chip.size * chip.size * 3);
   * const [embedding] = await engine.embedder.embed([black]);
   * console.log(embedding?.length === space.dimension); // true
   * ```
   */
  embed(chips: readonly Uint8Array[]): Promise<Float32Array[]>;
  /**
   * Frees the memory of its network; closing the engine does so, too.
   *
   * @example
   * ```ts
   * await engine.embedder.close();
   * ```
   */
  close(): Promise<void>;
}
