import type { EmbeddingSpace } from '@photoorg/sdk';
import type { FaceAnalyzerOptions } from '@photoorg/vision';

/** The embedders that the command can start, by what the user calls them. */
export const EMBEDDERS = ['dlib', 'int8', 'faceplugin'] as const;
export type EmbedderName = (typeof EMBEDDERS)[number];

/**
 * What @photoorg/vision calls it.
 *
 * @param weights the file of a network that does not come with photoorg
 */
export async function embedderOptions(name: EmbedderName, weights: string | undefined): Promise<FaceAnalyzerOptions['embedder']> {
  if (name === 'dlib') return undefined;
  if (name === 'int8') return { quantisation: 'int8' };
  const { facePluginEmbedder } = await import('@photoorg/vision');
  return facePluginEmbedder({ file: weights });
}

/** The embedder of the space that a library serves from; null for one of a program's own. */
export function embedderForSpace({ model, quantisation }: Pick<EmbeddingSpace, 'model' | 'quantisation'>): EmbedderName | null {
  if (model === 'faceplugin-fr-feature') return 'faceplugin';
  if (model !== 'dlib-resnet') return null;
  return quantisation === 'int8' ? 'int8' : 'dlib';
}
