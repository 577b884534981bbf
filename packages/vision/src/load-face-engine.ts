import { DEFAULT_MODELS_FOLDER } from './default-models-folder.ts';
import { loadFaceApiEngine } from './engines/face-api-engine.ts';
import { loadOnnxEngine } from './engines/onnx-engine.ts';
import { RuntimeUnavailableError } from './errors.ts';
import type { FaceEngine } from './face-engine.ts';
import { folderModelStore } from './models/folder-model-store.ts';
import type { DetectorOptions, SsdOptions } from './options/detector-options.ts';
import { checkEngineOptions, type EngineName, type FaceEngineOptions } from './options/engine-options.ts';
import type { InferenceRuntime } from './runtime/inference-runtime.ts';
import { loadOnnxRuntimeNode } from './runtime/onnxruntime-node.ts';
import { loadOnnxRuntimeWasm } from './runtime/onnxruntime-wasm-node.ts';

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
