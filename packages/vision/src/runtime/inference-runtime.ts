/** A dense array handed to or received from a network, row-major. */
export interface Tensor {
  data: Uint8Array | Float32Array;
  dimensions: readonly number[];
}

/** A network's output; always float32. */
export interface FloatTensor {
  data: Float32Array;
  dimensions: readonly number[];
}

/** One loaded network. Calls may overlap; the runtime orders them. */
export interface InferenceSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Dimensions of each input; a name stands for a size that is free. */
  readonly inputShapes: readonly (readonly (number | string)[])[];
  run(inputs: Record<string, Tensor>): Promise<Record<string, FloatTensor>>;
  close(): Promise<void>;
}

/** What loads networks: onnxruntime in one of its builds. */
export interface InferenceRuntime {
  /** npm package of the runtime. */
  name: string;
  version: string;
  createSession(model: Uint8Array): Promise<InferenceSession>;
}
