import { DEFAULT_MODELS_FOLDER } from './default-models-folder.ts';
import type { FaceBoxesOptions } from './detect/faceboxes-detector.ts';
import { loadOnnxEngine } from './engines/onnx-engine.ts';
import { RuntimeUnavailableError } from './errors.ts';
import type { FaceEngine } from './face-engine.ts';
import { folderModelStore } from './models/folder-model-store.ts';
import type { InferenceRuntime } from './runtime/inference-runtime.ts';
import { loadOnnxRuntimeNode } from './runtime/onnxruntime-node.ts';
import { loadOnnxRuntimeWeb } from './runtime/onnxruntime-web.ts';

/** What runs the networks. `auto`: onnxruntime-node, or onnxruntime-web where the former has no binary (Macs with Intel processors). */
export type EngineName = 'auto' | 'onnxruntime-node' | 'onnxruntime-web';

export interface FaceEngineOptions {
  /** Default `auto`. */
  engine?: EngineName;
  detector?: FaceBoxesOptions;
  /** Folder of the model files; default: the one that comes with this package. */
  modelsFolder?: string;
  /** Threads inside one network operation; default 1, because whole photos are better spread over workers. */
  threads?: number;
}

/**
 * Loads the networks into this thread, where each forward pass blocks the event loop for as long as it takes. Applications
 * use {@link createFaceAnalyzer}, which keeps engines in workers.
 *
 * @throws ModelMissingError, ModelCorruptError, RuntimeUnavailableError
 *
 * @example
 * ```ts
 * await using engine = await loadFaceEngine();
 * const { faces } = await analyzeFaces('holiday.jpg', engine);
 * ```
 */
export async function loadFaceEngine(options: FaceEngineOptions = {}): Promise<FaceEngine> {
  const { engine = 'auto', detector, modelsFolder = DEFAULT_MODELS_FOLDER, threads = 1 } = options;
  return loadOnnxEngine(folderModelStore(modelsFolder), await loadRuntime(engine, threads), detector);
}

async function loadRuntime(engine: EngineName, threads: number): Promise<InferenceRuntime> {
  if (engine === 'onnxruntime-web') return loadOnnxRuntimeWeb({ threads });
  try {
    return await loadOnnxRuntimeNode(threads);
  } catch (error) {
    if (engine === 'auto' && error instanceof RuntimeUnavailableError) return loadOnnxRuntimeWeb({ threads });
    throw error;
  }
}
