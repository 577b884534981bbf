import type { EmbeddingSpace } from './embedding-space.ts';

/** Turns face chips (150 x 150 RGB bytes each) into embeddings. */
export interface FaceEmbedder {
  readonly space: EmbeddingSpace;
  /** One embedding a chip, in the order given; any number of chips. */
  embed(chips: readonly Uint8Array[]): Promise<Float32Array[]>;
  close(): Promise<void>;
}
