/**
 * The same in a browser: the photo stays there. Begin with {@link createFaceAnalyzer}.
 *
 * @packageDocumentation
 */
export type { AnalyzedImage, DetectedFace } from './analyze-pixels.ts';
export { type BrowserFaceAnalyzer, createFaceAnalyzer } from './browser-face-analyzer.ts';
export { decodeBlob } from './decode/decode-blob.ts';
export type { EmbeddingSpace } from './embed/embedding-space.ts';
export type { KnownFace } from './embed-known-faces.ts';
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
export type { AnalyzeOptions as BrowserAnalyzeOptions } from './options/analyze-options.ts';
export type { BrowserFaceAnalyzerOptions } from './options/browser-analyzer-options.ts';
export type { DetectorOptions } from './options/detector-options.ts';
export type { EmbedderOptions } from './options/embedder-options.ts';
export type { OnnxEngineOptions } from './options/onnx-engine-options.ts';
export type { FaceQuality } from './quality/measure-face-quality.ts';
export type { RgbImage } from './rgb-image.ts';
