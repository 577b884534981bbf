import { RuntimeUnavailableError } from '../errors.ts';
import type { InferenceRuntime } from './inference-runtime.ts';
import { onnxRuntime } from './onnx-runtime.ts';

/**
 * onnxruntime's WebAssembly build in Node: five times slower than the native one, and it runs anywhere. The package's entry for
 * Node is taken, because the one for browsers cannot start threads here.
 *
 * @throws RuntimeUnavailableError where it is not installed or WebAssembly does not run.
 */
export async function loadOnnxRuntimeWasm(threads: number): Promise<InferenceRuntime> {
  try {
    const onnx = await import('onnxruntime-web');
    onnx.env.wasm.numThreads = threads;
    return onnxRuntime('onnxruntime-web', onnx, threads);
  } catch (cause) {
    throw new RuntimeUnavailableError('onnxruntime-web does not load.', {
      remedy: 'Install it with: npm install onnxruntime-web',
      cause,
    });
  }
}
