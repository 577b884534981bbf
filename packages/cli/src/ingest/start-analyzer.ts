import type { PhotoLibrary } from '@photoorg/sdk';
import type { FaceAnalyzer } from '@photoorg/vision';
import { type EmbedderName, embedderForSpace, embedderOptions } from './embedder-for-space.ts';

/** Loads the face models; commands that look for no faces never do. */
export async function startAnalyzer(options: {
  minFace: number | undefined;
  embedder: EmbedderName;
  signal: AbortSignal;
}): Promise<FaceAnalyzer> {
  const { createFaceAnalyzer } = await import('@photoorg/vision');
  const { minFace, embedder, signal } = options;
  return createFaceAnalyzer({ minFace, embedder: embedderOptions(embedder), signal });
}

/** The embedder whose space the library serves from, so that new faces are found beside the known ones; dlib's for a new library. */
export async function servingEmbedder(library: PhotoLibrary): Promise<EmbedderName> {
  const active = await library.spaces.active();
  return (active && embedderForSpace(active)) ?? 'dlib';
}
