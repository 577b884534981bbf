import { RuntimeUnavailableError } from '../errors.ts';
import type { InferenceRuntime } from './inference-runtime.ts';
import { onnxRuntime } from './onnx-runtime.ts';

/**
 * onnxruntime's native build.
 *
 * @throws RuntimeUnavailableError where it is not installed or has no binary for this machine.
 */
export async function loadOnnxRuntimeNode(threads: number): Promise<InferenceRuntime> {
  try {
    return onnxRuntime('onnxruntime-node', await import('onnxruntime-node'), threads);
  } catch (cause) {
    throw new RuntimeUnavailableError(
      `onnxruntime-node does not load on ${process.platform} ${process.arch}. Install it again with: npm install onnxruntime-node`,
      { cause },
    );
  }
}
