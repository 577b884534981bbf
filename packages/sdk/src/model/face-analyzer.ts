import type { EmbeddingSpaceToSave } from './embedding-space.ts';
import type { FaceBox } from './face-box.ts';

/** Decoded pixels: interleaved 8-bit RGB, row by row, without padding. */
export interface RgbPixels {
  data: Uint8Array;
  width: number;
  height: number;
}

/** What an analyzer says of itself. */
export interface FaceAnalyzerDescription {
  /** What its embeddings are compared in. */
  readonly space: EmbeddingSpaceToSave;
  /** Name of what finds the boxes. */
  readonly detector: string;
  /** Weights, thresholds and runtime, kept with each face. */
  readonly provenance: Record<string, unknown>;
}

/**
 * What embeds faces that were found before; `createFaceAnalyzer` of @photoorg/vision gives one.
 *
 * @example
 * ```ts
 * const embedder: FaceEmbedderLike = {
 *   space: analyzer.space,
 *   embedFaces: (image, faces, options) => analyzer.embedFaces(image, faces, options), // or a service of your own
 * };
 * await library.spaces.fill({ analyzer: embedder });
 * ```
 */
export interface FaceEmbedderLike extends Pick<FaceAnalyzerDescription, 'space'> {
  /**
   * Takes a path, the bytes of an encoded image, or pixels, and faces by their boxes and dlib's five landmarks in pixels of the upright image; without
   * landmarks they are looked for in the box. Gives a vector for each, or null for one that does not lie in the image.
   */
  embedFaces(
    image: string | Uint8Array | RgbPixels,
    faces: readonly { box: FaceBox; landmarks: readonly [number, number][] | null }[],
    options?: { signal?: AbortSignal },
  ): Promise<readonly (Float32Array | null)[]>;
}

/**
 * What finds faces; `createFaceAnalyzer` of @photoorg/vision gives one.
 *
 * @example
 * ```ts
 * const talkative: FaceAnalyzerLike = {
 *   ...analyzer,
 *   analyze(image, options) {
 *     console.log(typeof image === 'string' ? image : 'pixels');
 *     return analyzer.analyze(image, options);
 *   },
 * };
 * await indexPhotos({ library, root: '/photos', scanPhotos, analyzer: talkative });
 * ```
 */
export interface FaceAnalyzerLike extends FaceAnalyzerDescription {
  /** Takes a path, the bytes of an encoded image, or pixels. With `boxes`, exactly those are embedded, in their order, and none is looked for. */
  analyze(
    image: string | Uint8Array | RgbPixels,
    options?: { crops?: boolean; boxes?: FaceBox[]; signal?: AbortSignal },
  ): Promise<{
    /** Pixels of the upright image. */
    width: number;
    height: number;
    faces: {
      box: FaceBox;
      landmarks: [number, number][];
      score: number;
      quality: Record<string, number>;
      embedding: Float32Array;
      crop: Uint8Array | null;
    }[];
  }>;
}
