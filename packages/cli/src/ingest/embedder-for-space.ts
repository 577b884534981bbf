import type { EmbeddingSpace } from '@photoorg/sdk';
import type { FaceAnalyzerOptions } from '@photoorg/vision';

/** The embedders that the command can start, by what the user calls them. */
export const EMBEDDERS = ['dlib', 'int8'] as const;
export type EmbedderName = (typeof EMBEDDERS)[number];

export function embedderOptions(name: EmbedderName): FaceAnalyzerOptions['embedder'] {
  return name === 'int8' ? { quantisation: 'int8' } : undefined;
}

/** The embedder of the space that a library serves from; null for one of a program's own. */
export function embedderForSpace({ model, quantisation }: Pick<EmbeddingSpace, 'model' | 'quantisation'>): EmbedderName | null {
  if (model !== 'dlib-resnet') return null;
  return quantisation === 'int8' ? 'int8' : 'dlib';
}
