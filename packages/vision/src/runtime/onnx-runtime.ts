import type { InferenceSession as OnnxSession, Tensor as OnnxTensor } from 'onnxruntime-common';
import type { FloatTensor, InferenceRuntime, InferenceSession } from './inference-runtime.ts';

/** The part of onnxruntime's session that is used, whatever runs it. */
export interface OnnxModuleSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Only tensors have a shape. */
  readonly inputMetadata: readonly { readonly name: string; readonly shape?: readonly (number | string)[] }[];
  run(inputs: Record<string, OnnxTensor>): Promise<OnnxSession.ReturnType>;
  release(): Promise<void>;
}

/** The part of onnxruntime's module that its builds for Node and for the web have in common. */
export interface OnnxModule {
  InferenceSession: { create(model: Uint8Array, options: OnnxSession.SessionOptions): Promise<OnnxModuleSession> };
  Tensor: typeof OnnxTensor;
  env: { versions: { common: string } };
}

/** Sessions of any onnxruntime build, each using `threads` threads inside one operation. */
export function onnxRuntime(name: string, onnx: OnnxModule, threads: number): InferenceRuntime {
  return {
    name,
    version: onnx.env.versions.common,
    async createSession(model) {
      const session = await onnx.InferenceSession.create(model, {
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        graphOptimizationLevel: 'all',
        // Photos come in ever new sizes; a memory plan kept for each of them would grow without end.
        enableMemPattern: false,
        logSeverityLevel: 3,
      });
      return wrapSession(onnx, session);
    },
  };
}

function wrapSession(onnx: OnnxModule, session: OnnxModuleSession): InferenceSession {
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    inputShapes: session.inputMetadata.map(({ shape = [] }) => shape),
    async run(inputs) {
      const feeds: Record<string, OnnxTensor> = {};
      for (const [name, { data, dimensions }] of Object.entries(inputs)) {
        feeds[name] =
          data instanceof Float32Array
            ? new onnx.Tensor('float32', data, dimensions)
            : new onnx.Tensor('uint8', data, dimensions);
      }
      const results = await session.run(feeds);
      const outputs: Record<string, FloatTensor> = {};
      for (const [name, tensor] of Object.entries(results)) {
        outputs[name] = { data: tensor.data as Float32Array, dimensions: tensor.dims };
      }
      return outputs;
    },
    close: () => session.release(),
  };
}
