import { RuntimeUnavailableError } from '../errors.ts';
import type { InferenceRuntime } from './inference-runtime.ts';
import { onnxRuntime } from './onnx-runtime.ts';

export interface OnnxRuntimeWebOptions {
  threads: number;
  /** Address of the folder that serves onnxruntime-web's `.wasm` and `.mjs` files; default: beside the script, as bundlers put them. */
  wasmPaths?: string;
}

/**
 * onnxruntime's WebAssembly build in browsers.
 *
 * @throws RuntimeUnavailableError where it is not installed or WebAssembly does not run.
 */
export async function loadOnnxRuntimeWeb({ threads, wasmPaths }: OnnxRuntimeWebOptions): Promise<InferenceRuntime> {
  try {
    const onnx = await import('onnxruntime-web/wasm');
    onnx.env.wasm.numThreads = threads;
    if (wasmPaths !== undefined) onnx.env.wasm.wasmPaths = wasmPaths;
    return onnxRuntime('onnxruntime-web', onnx, threads);
  } catch (cause) {
    throw new RuntimeUnavailableError('onnxruntime-web does not load.', {
      remedy: 'Install it with: npm install onnxruntime-web',
      cause,
    });
  }
}
