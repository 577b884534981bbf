export {
  ImageTooLargeError,
  ImageUnreadableError,
  InvalidInputError,
  ModelCorruptError,
  ModelMissingError,
  RuntimeUnavailableError,
  VisionError,
  type VisionErrorCode,
  WorkerCrashedError,
} from './errors.ts';
export {
  type AnalyzedImage,
  type AnalyzeOptions,
  createFaceAnalyzer,
  type DetectedFace,
  type EmbeddingSpace,
  type FaceAnalyzer,
  type FaceAnalyzerOptions,
} from './face-analyzer.ts';
export type { FaceBox } from './face-box.ts';
export type { ImageInput, RgbImage } from './rgb-image.ts';
