import { env, Tensor } from 'onnxruntime-common';
import type { InferenceRuntime } from './inference-runtime.ts';
import { loadNativeAddon } from './native-addon.ts';
import { createNativeSession } from './native-session.ts';
import { onnxRuntime } from './onnx-runtime.ts';

/**
 * onnxruntime's native build, which lies in this package.
 *
 * @throws RuntimeUnavailableError where there is none for this machine, or it does not load.
 */
export async function loadOnnxRuntimeNode(threads: number): Promise<InferenceRuntime> {
  const addon = loadNativeAddon();
  const create = (model: Uint8Array, options: object) => createNativeSession(addon, model, options);
  return onnxRuntime('onnxruntime-node', { InferenceSession: { create }, Tensor, env }, threads);
}
