import type { BrowserFaceAnalyzerOptions } from '../browser-face-analyzer.ts';
import type { OnnxEngineOptions } from '../engines/onnx-engine.ts';
import type { FaceAnalyzerOptions } from '../face-analyzer.ts';
import type { FaceEngineOptions } from '../load-face-engine.ts';
import { checkDetector, checkSsd, MOST_SIDE } from './detector-options.ts';
import { checkEmbedder } from './embedder-options.ts';
import {
  abortSignal,
  nullOr,
  numberFrom,
  type OptionChecks,
  oneOf,
  optionsOf,
  text,
  that,
  wholeNumber,
} from './option-checks.ts';

/** Smaller than 8 pixels a face is no more than a blot. */
export const minFace = nullOr(numberFrom(8, MOST_SIDE));

const NETWORKS: OptionChecks<Required<OnnxEngineOptions>> = { detector: checkDetector, embedder: checkEmbedder, minFace };

const ENGINE: OptionChecks<Required<FaceEngineOptions>> = {
  ...NETWORKS,
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

const ANALYZER = { workers: wholeNumber(1), signal: abortSignal };

const address = that((value) => (typeof value === 'string' && value !== '') || value instanceof URL, 'an address');

/** @throws InvalidInputError */
export function checkEngineOptions(options: FaceEngineOptions): void {
  optionsOf<FaceEngineOptions>(checksFor(options))(options);
}

/** @throws InvalidInputError */
export function checkAnalyzerOptions(options: FaceAnalyzerOptions): void {
  optionsOf<FaceAnalyzerOptions>({ ...checksFor(options), ...ANALYZER })(options);
}

/** @throws InvalidInputError */
export function checkBrowserAnalyzerOptions(options: BrowserFaceAnalyzerOptions): void {
  const checks = { ...NETWORKS, modelsUrl: address, wasmUrl: text, signal: abortSignal };
  optionsOf<BrowserFaceAnalyzerOptions>(checks, ['modelsUrl'])(options);
}

function checksFor(options: FaceEngineOptions | null): OptionChecks<Required<FaceEngineOptions>> {
  return options?.engine === 'face-api' ? FACE_API_ENGINE : ENGINE;
}
