import type { ChipShape } from '../options/chip-options.ts';
import type { EmbeddingSpace } from './embedding-space.ts';

/** Turns face chips into embeddings. */
export interface FaceEmbedder {
  readonly space: EmbeddingSpace;
  /** The chips it takes: RGB bytes of size x size pixels. */
  readonly chip: ChipShape;
  /** One embedding a chip, in the order given; any number of chips. */
  embed(chips: readonly Uint8Array[]): Promise<Float32Array[]>;
  close(): Promise<void>;
}
