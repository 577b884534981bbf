import type { ShapePredictor } from './align/shape-predictor-file.ts';
import type { FaceDetector } from './detect/face-detector.ts';
import type { FaceEmbedder } from './embed/face-embedder.ts';

/**
 * The loaded networks of the pipeline: a detector and an embedder, which differ between engines, and dlib's landmarks, by
 * which every engine's faces are aligned. Close it to free their memory.
 */
export interface FaceEngine extends AsyncDisposable {
  readonly detector: FaceDetector;
  readonly landmarks: ShapePredictor;
  readonly embedder: FaceEmbedder;
  /** Side of the smallest faces that are searched for, in pixels of the photo; null: what one look at the whole photo shows. */
  readonly minFace: number | null;
  /** What made the results: detector, thresholds, weights, runtime. */
  readonly provenance: Record<string, unknown>;
  /**
   * Frees the memory of the networks.
   *
   * @example
   * ```ts
   * const engine = await loadFaceEngine(); // without `await using`
   * await engine.close();
   * ```
   */
  close(): Promise<void>;
}

/** Joins the parts of an engine; what each part says of itself becomes the provenance. */
export function joinEngine(
  detector: FaceDetector,
  landmarks: { predictor: ShapePredictor; weightsSha256: string },
  embedder: FaceEmbedder,
  runtime: { name: string; version: string },
  minFace: number | null,
): FaceEngine {
  const close = async () => {
    await detector.close();
    await embedder.close();
  };
  return {
    detector,
    landmarks: landmarks.predictor,
    embedder,
    minFace,
    provenance: {
      ...detector.provenance,
      ...(minFace !== null && { minFace }),
      landmarks: 'dlib-shape-predictor-5',
      landmarksSha256: landmarks.weightsSha256,
      space: embedder.space.name,
      runtime: runtime.name,
      runtimeVersion: runtime.version,
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
