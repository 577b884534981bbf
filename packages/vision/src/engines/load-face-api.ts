import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { RuntimeUnavailableError } from '../errors.ts';

export interface SsdNetwork {
  loadFromDisk(folder: string): Promise<void>;
  locateFaces(
    input: object,
    options: object,
  ): Promise<{ box: { x: number; y: number; width: number; height: number }; score: number }[]>;
  dispose(): void;
}

export interface RecognitionNetwork {
  loadFromDisk(folder: string): Promise<void>;
  computeFaceDescriptor(input: object): Promise<Float32Array | Float32Array[]>;
  dispose(): void;
}

/** The part of `@vladmandic/face-api` that the engine uses; spelled out because the package is an optional peer. */
export interface FaceApi {
  tf: {
    setBackend(name: string): Promise<boolean>;
    ready(): Promise<void>;
    tensor3d(values: Uint8Array, shape: [number, number, number], dtype: 'int32'): object;
    engine(): { startScope(): void; endScope(): void };
    version_core: string;
  };
  SsdMobilenetv1: new () => SsdNetwork;
  FaceRecognitionNet: new () => RecognitionNetwork;
  SsdMobilenetv1Options: new (options: { minConfidence: number; maxResults: number }) => object;
}

export interface LoadedFaceApi {
  api: FaceApi;
  /** Folder of the weights that come with the package. */
  weightsFolder: string;
  runtime: { name: string; version: string };
}

const PACKAGE = '@vladmandic/face-api';
const NATIVE_RUNTIME = '@tensorflow/tfjs-node';
const WASM_RUNTIME = '@tensorflow/tfjs-backend-wasm';

/**
 * face-api on TensorFlow's native runtime where that is installed, on its WebAssembly build otherwise.
 *
 * @throws RuntimeUnavailableError naming what to install.
 */
export async function loadFaceApi(): Promise<LoadedFaceApi> {
  const require = createRequire(import.meta.url);
  const native = canResolve(require, NATIVE_RUNTIME);
  try {
    const packageFolder = dirname(require.resolve(`${PACKAGE}/package.json`));
    const build = native ? 'face-api.node.js' : 'face-api.node-wasm.js';
    const api = require(join(packageFolder, 'dist', build)) as FaceApi;
    if (!(await api.tf.setBackend(native ? 'tensorflow' : 'wasm'))) throw new Error('TensorFlow.js could not start its backend.');
    await api.tf.ready();
    return {
      api,
      weightsFolder: join(packageFolder, 'model'),
      runtime: { name: native ? NATIVE_RUNTIME : WASM_RUNTIME, version: api.tf.version_core },
    };
  } catch (cause) {
    throw new RuntimeUnavailableError('The face-api engine does not load.', {
      remedy: `Install it with: npm install ${PACKAGE} @tensorflow/tfjs ${WASM_RUNTIME}`,
      cause,
    });
  }
}

function canResolve(require: NodeJS.Require, name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}
