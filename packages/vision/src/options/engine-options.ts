import { checkSsd, type DetectorOptions, type SsdOptions } from './detector-options.ts';
import type { EmbedderOptions } from './embedder-options.ts';
import { ONNX_ENGINE_CHECKS } from './onnx-engine-options.ts';
import { type OptionChecks, oneOf, optionsOf, text, that, wholeNumber } from './option-checks.ts';

/**
 * What runs the networks. `auto`: onnxruntime's native build, which comes with this package, or onnxruntime-web where there is none
 * (Macs with Intel processors, Linux with musl). `face-api`: the networks of `@vladmandic/face-api` on TensorFlow.js, both to be installed beside this package.
 */
export type EngineName = 'auto' | 'onnxruntime-node' | 'onnxruntime-web' | 'face-api';

export interface FaceEngineOptions {
  /** Default `auto`. */
  engine?: EngineName;
  /** Default: FaceBoxes; in the face-api engine its SSD, the only one there. */
  detector?: DetectorOptions | SsdOptions;
  /** Default: dlib's network in float32. The face-api engine has its own. */
  embedder?: EmbedderOptions;
  /**
   * Side of the smallest faces to search for, in pixels of the photo (8..8192): for crowds, in time that grows with its inverse square.
   * Default: one look at the whole photo, which finds faces of 40 pixels in a photo of 1024, of 160 in one of 4096.
   */
  minFace?: number | null;
  /** Folder of the model files; default: the one that comes with this package. */
  modelsFolder?: string;
  /** Threads inside one network operation; default 1, because whole photos are better spread over workers. */
  threads?: number;
}

const ENGINE: OptionChecks<Required<FaceEngineOptions>> = {
  ...ONNX_ENGINE_CHECKS,
  engine: oneOf(['auto', 'onnxruntime-node', 'onnxruntime-web', 'face-api']),
  modelsFolder: text,
  threads: wholeNumber(1, 256),
};

const FACE_API_ENGINE: OptionChecks<Required<FaceEngineOptions>> = {
  ...ENGINE,
  detector: checkSsd,
  embedder: that(() => false, "nothing (the engine 'face-api' has an embedder of its own)"),
  threads: that((value) => value === 1, "1 (the engine 'face-api' has no threads)"),
};

/** @throws InvalidInputError */
export function checkEngineOptions(options: FaceEngineOptions): void {
  optionsOf<FaceEngineOptions>(engineChecksFor(options))(options);
}

/** What the options take depends on the engine that they name. */
export function engineChecksFor(options: FaceEngineOptions | null): OptionChecks<Required<FaceEngineOptions>> {
  return options?.engine === 'face-api' ? FACE_API_ENGINE : ENGINE;
}
