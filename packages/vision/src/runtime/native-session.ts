import { setImmediate } from 'node:timers/promises';
import type { InferenceSession as OnnxSession } from 'onnxruntime-common';
import type { NativeAddon } from './native-addon.ts';
import type { OnnxModuleSession } from './onnx-runtime.ts';

/** Loads a network into onnxruntime's native addon, in the shape of onnxruntime's own JavaScript. */
export async function createNativeSession(
  addon: NativeAddon,
  model: Uint8Array,
  options: OnnxSession.SessionOptions,
): Promise<OnnxModuleSession> {
  const session = new addon.InferenceSession();
  session.loadModel(model.buffer, model.byteOffset, model.byteLength, options);
  const outputNames = session.outputMetadata.map(({ name }) => name);
  const wanted = Object.fromEntries(outputNames.map((name) => [name, null]));
  return {
    inputNames: session.inputMetadata.map(({ name }) => name),
    outputNames,
    inputMetadata: session.inputMetadata.map(({ name, isTensor, shape, symbolicDimensions }) => ({
      name,
      shape: isTensor ? shape.map((size, i) => (size < 0 ? symbolicDimensions[i]! : size)) : undefined,
    })),
    async run(inputs) {
      // A pass blocks the thread. Between two of them its event loop must turn: a worker hears there that it should stop.
      await setImmediate();
      return session.run(inputs, wanted, {});
    },
    release: async () => session.dispose(),
  };
}
