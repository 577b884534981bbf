import { checkMinFace } from './detect-faces-options.ts';
import { checkDetector, type DetectorOptions } from './detector-options.ts';
import { checkEmbedder, type EmbedderOptions } from './embedder-options.ts';
import type { OptionChecks } from './option-checks.ts';

export interface OnnxEngineOptions {
  /** Default: FaceBoxes. */
  detector?: DetectorOptions;
  /** Default: dlib's network in float32. */
  embedder?: EmbedderOptions;
  /** Side of the smallest faces to search for, in pixels of the photo: for crowds. Default: one look at the whole photo. */
  minFace?: number | null;
}

export const ONNX_ENGINE_CHECKS: OptionChecks<Required<OnnxEngineOptions>> = {
  detector: checkDetector,
  embedder: checkEmbedder,
  minFace: checkMinFace,
};
