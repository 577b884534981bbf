import { ONNX_ENGINE_CHECKS, type OnnxEngineOptions } from './onnx-engine-options.ts';
import { abortSignal, optionsOf, text, that } from './option-checks.ts';

export interface BrowserFaceAnalyzerOptions extends OnnxEngineOptions {
  /** Address of the folder that serves this package's `models/`, also relative to the page's; ends with a slash. */
  modelsUrl: string | URL;
  /** Address of the folder that serves onnxruntime-web's `dist/`; default: where a bundler put its files. */
  wasmUrl?: string;
  /** Aborts the loading. */
  signal?: AbortSignal;
}

const address = that((value) => (typeof value === 'string' && value !== '') || value instanceof URL, 'an address');

/** @throws InvalidInputError */
export const checkBrowserAnalyzerOptions = optionsOf<BrowserFaceAnalyzerOptions>(
  { ...ONNX_ENGINE_CHECKS, modelsUrl: address, wasmUrl: text, signal: abortSignal },
  ['modelsUrl'],
);
