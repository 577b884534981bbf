import type { PhotoLibrary } from '@photoorg/sdk';
import type { FaceAnalyzer } from '@photoorg/vision';
import { type EmbedderName, embedderForSpace, embedderOptions } from './embedder-for-space.ts';

export interface AnalyzerSettings {
  minFace?: number;
  embedder: EmbedderName;
  /** Of a network that does not come with photoorg. */
  weights: string | undefined;
  signal: AbortSignal;
}

/** Loads the face models; commands that look for no faces never do. */
export async function startAnalyzer({ minFace, embedder, weights, signal }: AnalyzerSettings): Promise<FaceAnalyzer> {
  const { createFaceAnalyzer } = await import('@photoorg/vision');
  return createFaceAnalyzer({ minFace, embedder: await embedderOptions(embedder, weights), signal });
}

/** The embedder whose space the library serves from, so that new faces are found beside the known ones; dlib's for a new library. */
export async function servingEmbedder(library: PhotoLibrary): Promise<EmbedderName> {
  const active = await library.spaces.active();
  return (active && embedderForSpace(active)) ?? 'dlib';
}
