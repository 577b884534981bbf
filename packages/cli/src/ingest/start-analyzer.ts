import type { FaceAnalyzer } from '@photoorg/vision';

/** Loads the face models; commands that look for no faces never do. */
export async function startAnalyzer(options: { minFace: number | undefined; signal: AbortSignal }): Promise<FaceAnalyzer> {
  const { createFaceAnalyzer } = await import('@photoorg/vision');
  return createFaceAnalyzer(options);
}
