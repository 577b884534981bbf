import type { AnalyzedImage } from './analyze-pixels.ts';
import { checkImageInput } from './decode/check-image-input.ts';
import type { EmbeddingSpace } from './embed/embedding-space.ts';
import { checkKnownFaces, type KnownFace } from './embed-known-faces.ts';
import { defaultWorkerCount, FaceWorkerPool } from './face-worker-pool.ts';
import { type AnalyzeOptions, checkAnalyzeOptions } from './options/analyze-options.ts';
import { checkAnalyzerOptions, type FaceAnalyzerOptions } from './options/analyzer-options.ts';
import { checkEmbedFacesOptions, type EmbedFacesOptions } from './options/embed-faces-options.ts';
import type { ImageInput } from './rgb-image.ts';

/** Finds and embeds faces in background threads; made by {@link createFaceAnalyzer}. */
export interface FaceAnalyzer extends AsyncDisposable {
  /** The space of every embedding this analyzer makes. */
  readonly space: EmbeddingSpace;
  /** Name of the detector, as stored beside each face. */
  readonly detector: string;
  /** What made the results: detector, thresholds, weights, runtime and its version. */
  readonly provenance: Record<string, unknown>;
  /**
   * The faces of one image. Calls may overlap: they are spread over the workers.
   *
   * Aborting rejects with the signal's reason at once, whether the image waits or is being worked on.
   *
   * @throws ImageUnreadableError, ImageTooLargeError, InvalidInputError, WorkerCrashedError, AnalyzerClosedError
   * @example
   * ```ts
   * const { width, faces } = await analyzer.analyze('holiday.jpg', { crops: true, signal: AbortSignal.timeout(30_000) });
   * console.log(`${faces.length} faces on ${width} pixels`, faces[0]?.box);
   * ```
   */
  analyze(image: ImageInput, options?: AnalyzeOptions): Promise<AnalyzedImage>;
  /**
   * Embeds faces of a photo that were found before, without looking for any: for a second embedding space beside the first. `faces` are what
   * `analyze` gave, or boxes and landmarks out of a library, in pixels of the upright photo. Gives one embedding a face in their order, the
   * ones that `analyze` gives with this embedder; null for a face that does not lie in the photo.
   *
   * @throws ImageUnreadableError, ImageTooLargeError, InvalidInputError, WorkerCrashedError, AnalyzerClosedError
   *
   * @example
   * ```ts
   * const { faces } = await analyzer.analyze('holiday.jpg');
   * await using second = await createFaceAnalyzer({ embedder: { quantisation: 'int8' } });
   * const embeddings = await second.embedFaces('holiday.jpg', faces);
   * ```
   */
  embedFaces(
    image: ImageInput,
    faces: readonly KnownFace[],
    options?: EmbedFacesOptions,
  ): Promise<readonly (Float32Array | null)[]>;
  /**
   * Ends the workers; a second call does nothing.
   *
   * @example
   * ```ts
   * const analyzer = await createFaceAnalyzer(); // without `await using`
   * await analyzer.close();
   * ```
   */
  close(): Promise<void>;
}

/**
 * Loads the models and starts the first worker thread.
 *
 * @throws ModelMissingError, ModelCorruptError, RuntimeUnavailableError, InvalidInputError
 *
 * @example
 * ```ts
 * await using analyzer = await createFaceAnalyzer();
 * const { faces } = await analyzer.analyze('holiday.jpg', { crops: true });
 * for (const face of faces) console.log(face.box, face.score);
 * ```
 */
export async function createFaceAnalyzer(options: FaceAnalyzerOptions = {}): Promise<FaceAnalyzer> {
  checkAnalyzerOptions(options);
  const { workers = defaultWorkerCount(), signal, ...engine } = options;
  const pool = new FaceWorkerPool(workers, engine);
  try {
    const description = await pool.describe(signal);
    const close = () => pool.close();
    return {
      ...description,
      async analyze(image, analyzeOptions = {}) {
        checkImageInput(image);
        checkAnalyzeOptions(analyzeOptions);
        return pool.analyze(image, analyzeOptions);
      },
      async embedFaces(image, faces, embedOptions = {}) {
        checkImageInput(image);
        checkKnownFaces(faces);
        checkEmbedFacesOptions(embedOptions);
        return pool.embed(image, faces, embedOptions);
      },
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await pool.close();
    throw error;
  }
}
