import { DEFAULT_MODELS_FOLDER } from './default-models-folder.ts';
import { loadFaceApiEngine, type SsdOptions } from './engines/face-api-engine.ts';
import { type DetectorOptions, type EmbedderOptions, loadOnnxEngine } from './engines/onnx-engine.ts';
import { RuntimeUnavailableError } from './errors.ts';
import type { FaceEngine } from './face-engine.ts';
import { folderModelStore } from './models/folder-model-store.ts';
import { checkEngineOptions } from './options/engine-options.ts';
import type { InferenceRuntime } from './runtime/inference-runtime.ts';
import { loadOnnxRuntimeNode } from './runtime/onnxruntime-node.ts';
import { loadOnnxRuntimeWasm } from './runtime/onnxruntime-wasm-node.ts';

/**
 * What runs the networks. `auto`: onnxruntime's native build, which comes with this package, or onnxruntime-web where there is none
 * (Macs with Intel processors, Linux with musl). `face-api`: the networks of `@vladmandic/face-api` on TensorFlow.js, both to be installed beside this package.
 */
export type EngineName = 'auto' | 'onnxruntime-node' | 'onnxruntime-web' | 'face-api';

export interface FaceEngineOptions {
  /** Default `auto`. */
  engine?: EngineName;
  /** Default: FaceBoxes; in the face-api engine its SSD, the only one there. */
  detector?: DetectorOptions | SsdOptions;
  /** Default: dlib's network in float32. The face-api engine has its own. */
  embedder?: EmbedderOptions;
  /**
   * Side of the smallest faces to search for, in pixels of the photo (8..8192): for crowds, in time that grows with its inverse square.
   * Default: one look at the whole photo, which finds faces of 40 pixels in a photo of 1024, of 160 in one of 4096.
   */
  minFace?: number | null;
  /** Folder of the model files; default: the one that comes with this package. */
  modelsFolder?: string;
  /** Threads inside one network operation; default 1, because whole photos are better spread over workers. */
  threads?: number;
}

/**
 * Loads the networks into this thread, where each forward pass blocks the event loop for as long as it takes. Applications
 * use {@link createFaceAnalyzer}, which keeps engines in workers.
 *
 * @throws ModelMissingError, ModelCorruptError, RuntimeUnavailableError, InvalidInputError
 *
 * @example
 * ```ts
 * await using engine = await loadFaceEngine();
 * const { faces } = await analyzeFaces('holiday.jpg', engine);
 * ```
 */
export async function loadFaceEngine(options: FaceEngineOptions = {}): Promise<FaceEngine> {
  checkEngineOptions(options);
  const { engine = 'auto', detector, embedder, minFace = null, modelsFolder = DEFAULT_MODELS_FOLDER, threads = 1 } = options;
  const store = folderModelStore(modelsFolder);
  if (engine === 'face-api') return loadFaceApiEngine(store, detector as SsdOptions | undefined, minFace);
  return loadOnnxEngine(store, await loadRuntime(engine, threads), {
    detector: detector as DetectorOptions | undefined,
    embedder,
    minFace,
  });
}

async function loadRuntime(engine: Exclude<EngineName, 'face-api'>, threads: number): Promise<InferenceRuntime> {
  if (engine === 'onnxruntime-web') return loadOnnxRuntimeWasm(threads);
  try {
    return await loadOnnxRuntimeNode(threads);
  } catch (error) {
    if (engine === 'auto' && error instanceof RuntimeUnavailableError) return loadOnnxRuntimeWasm(threads);
    throw error;
  }
}
