import { engineChecksFor, type FaceEngineOptions } from './engine-options.ts';
import { abortSignal, optionsOf, wholeNumber } from './option-checks.ts';

export interface FaceAnalyzerOptions extends FaceEngineOptions {
  /** Worker threads; default: one a core, at most 4, fewer where memory is short. */
  workers?: number;
  /** Aborts the loading; later calls have signals of their own. */
  signal?: AbortSignal;
}

const ANALYZER = { workers: wholeNumber(1), signal: abortSignal };

/** @throws InvalidInputError */
export function checkAnalyzerOptions(options: FaceAnalyzerOptions): void {
  optionsOf<FaceAnalyzerOptions>({ ...engineChecksFor(options), ...ANALYZER })(options);
}
