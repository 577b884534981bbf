export type { AnalyzedImage, DetectedFace } from './analyze-pixels.ts';
export {
  type BrowserAnalyzeOptions,
  type BrowserFaceAnalyzer,
  type BrowserFaceAnalyzerOptions,
  createFaceAnalyzer,
} from './browser-face-analyzer.ts';
export { decodeBlob } from './decode/decode-blob.ts';
export type { EmbeddingSpace } from './embed/embedding-space.ts';
export type { KnownFace } from './embed-known-faces.ts';
export type { DetectorOptions, EmbedderOptions, OnnxEngineOptions } from './engines/onnx-engine.ts';
export {
  ImageTooLargeError,
  ImageUnreadableError,
  InvalidInputError,
  ModelCorruptError,
  ModelMissingError,
  RuntimeUnavailableError,
  VisionError,
  type VisionErrorCode,
} from './errors.ts';
export type { FaceBox } from './face-box.ts';
export type { FaceQuality } from './quality/measure-face-quality.ts';
export type { RgbImage } from './rgb-image.ts';
