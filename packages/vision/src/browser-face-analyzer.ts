import { type AnalyzedImage, analyzePixels } from './analyze-pixels.ts';
import { cropFaceOnCanvas } from './crop/crop-face-on-canvas.ts';
import { checkRgbImage } from './decode/check-rgb-image.ts';
import { decodeBlob } from './decode/decode-blob.ts';
import type { EmbeddingSpace } from './embed/embedding-space.ts';
import { embedKnownFaces, type KnownFace } from './embed-known-faces.ts';
import { loadOnnxEngine } from './engines/onnx-engine.ts';
import { webModelStore } from './models/web-model-store.ts';
import { type AnalyzeOptions, checkAnalyzeOptions } from './options/analyze-options.ts';
import { type BrowserFaceAnalyzerOptions, checkBrowserAnalyzerOptions } from './options/browser-analyzer-options.ts';
import { checkEmbedFacesOptions } from './options/embed-faces-options.ts';
import type { RgbImage } from './rgb-image.ts';
import { loadOnnxRuntimeWeb } from './runtime/onnxruntime-web.ts';

/** More threads than this speed a forward pass up no further. */
const MAX_THREADS = 4;

/** Finds and embeds faces inside the browser; made by {@link createFaceAnalyzer}. */
export interface BrowserFaceAnalyzer extends AsyncDisposable {
  readonly space: EmbeddingSpace;
  readonly detector: string;
  readonly provenance: Record<string, unknown>;
  /** Threads that the networks run on: one, unless the page is cross-origin isolated. */
  readonly threads: number;
  /**
   * @throws ImageUnreadableError, ImageTooLargeError, InvalidInputError
   * @example
   * ```ts
   * const { faces } = await browserAnalyzer.analyze(blob, { crops: true });
   * ```
   */
  analyze(image: Blob | RgbImage, options?: AnalyzeOptions): Promise<AnalyzedImage>;
  /**
   * Embeds faces that were found before, in pixels of the upright photo, without looking for any; null for one that does not lie in the photo.
   *
   * @throws ImageUnreadableError, ImageTooLargeError, InvalidInputError
   * @example
   * ```ts
   * const [embedding] = await browserAnalyzer.embedFaces(blob, [found]);
   * ```
   */
  embedFaces(
    image: Blob | RgbImage,
    faces: readonly KnownFace[],
    options?: Pick<AnalyzeOptions, 'maxPixels' | 'signal'>,
  ): Promise<readonly (Float32Array | null)[]>;
  /**
   * Frees the memory of the networks.
   *
   * @example
   * ```ts
   * await browserAnalyzer.close();
   * ```
   */
  close(): Promise<void>;
}

/**
 * Loads the models that Node uses (30 MB, from `modelsUrl`) into this thread; embeddings lie in the same space. The photo
 * stays in the browser.
 *
 * A forward pass blocks its thread, so call this in a web worker when the page must stay responsive. WebAssembly threads need
 * a cross-origin isolated page (COOP and COEP headers).
 *
 * @throws ModelMissingError, ModelCorruptError, RuntimeUnavailableError, InvalidInputError
 *
 * @example
 * ```ts
 * const analyzer = await createFaceAnalyzer({ modelsUrl: new URL('/models/', location.href) });
 * const input = document.querySelector<HTMLInputElement>('input[type=file]');
 * for (const photo of input?.files ?? []) console.log((await analyzer.analyze(photo)).faces.length);
 * ```
 */
export async function createFaceAnalyzer(options: BrowserFaceAnalyzerOptions): Promise<BrowserFaceAnalyzer> {
  checkBrowserAnalyzerOptions(options);
  const { modelsUrl, wasmUrl, signal, ...engineOptions } = options;
  const threads = globalThis.crossOriginIsolated ? Math.min(navigator.hardwareConcurrency, MAX_THREADS) : 1;
  const runtime = await loadOnnxRuntimeWeb({ threads, wasmPaths: wasmUrl });
  const engine = await loadOnnxEngine(webModelStore(new URL(modelsUrl, location.href), signal), runtime, engineOptions);
  const close = () => engine.close();
  return {
    space: engine.embedder.space,
    detector: engine.detector.name,
    provenance: engine.provenance,
    threads,
    async analyze(image, analyzeOptions = {}) {
      checkAnalyzeOptions(analyzeOptions);
      const { boxes, crops = false, maxPixels, signal: analyzeSignal } = analyzeOptions;
      return analyzePixels(await readPixels(image, maxPixels), engine, {
        boxes,
        cropFace: crops ? cropFaceOnCanvas : undefined,
        signal: analyzeSignal,
      });
    },
    async embedFaces(image, faces, embedOptions = {}) {
      checkEmbedFacesOptions(embedOptions);
      const { maxPixels, signal: embedSignal } = embedOptions;
      return embedKnownFaces(await readPixels(image, maxPixels), faces, engine, { signal: embedSignal });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function readPixels(image: Blob | RgbImage, maxPixels: number | undefined): Promise<RgbImage> {
  return image instanceof Blob ? decodeBlob(image, maxPixels) : checkRgbImage(image);
}
