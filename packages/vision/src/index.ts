/**
 * Finds the faces of a photo and turns each into the numbers that dlib and Python's face_recognition give. Begin with
 * {@link createFaceAnalyzer}.
 *
 * @packageDocumentation
 */
export { type AlignedFace, alignFace } from './align/align-face.ts';
export { CHIP_PADDING, CHIP_SIZE, DLIB_CHIP } from './align/chip-shape.ts';
export { extractFaceChip } from './align/extract-face-chip.ts';
export { type FaceChipRect, findFaceChipRect } from './align/face-chip-rect.ts';
export { predictLandmarks } from './align/predict-landmarks.ts';
export type { ShapePredictor } from './align/shape-predictor-file.ts';
export { analyzeFaces } from './analyze-faces.ts';
export { type AnalyzedImage, analyzePixels, type DetectedFace } from './analyze-pixels.ts';
export { cropFace } from './crop/crop-face.ts';
export { MAX_FILE_BYTES, MAX_PIXELS } from './decode/decode-budget.ts';
export { decodeImage } from './decode/decode-image.ts';
export { detectFaces, type FoundFace } from './detect/detect-faces.ts';
export type { Detection, DetectionBox, FaceDetector } from './detect/face-detector.ts';
export { DEFAULT_MAX_SIDE, DEFAULT_THRESHOLD } from './detect/faceboxes-detector.ts';
export { mapToDlibBox } from './detect/map-to-dlib-box.ts';
export { embedFaces } from './embed/embed-faces.ts';
export { DLIB_ALIGNMENT, type EmbeddingSpace, embeddingSpaceName } from './embed/embedding-space.ts';
export type { FaceEmbedder } from './embed/face-embedder.ts';
export { type FacePluginOptions, facePluginEmbedder } from './embed/face-plugin-embedder.ts';
export { embedKnownFaces, type KnownFace } from './embed-known-faces.ts';
export {
  AnalyzerClosedError,
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
export { createFaceAnalyzer, type FaceAnalyzer } from './face-analyzer.ts';
export { clipToImage, type DlibRect, type FaceBox, toDlibRect } from './face-box.ts';
export type { FaceEngine } from './face-engine.ts';
export type { Landmark } from './landmark.ts';
export { loadFaceEngine } from './load-face-engine.ts';
export type { AnalyzeOptions, AnalyzePixelsOptions } from './options/analyze-options.ts';
export type { FaceAnalyzerOptions } from './options/analyzer-options.ts';
export type { BoxMap } from './options/box-map.ts';
export type { ChipShape, DlibChipShape, TemplateChipShape } from './options/chip-options.ts';
export type { DecodeOptions } from './options/decode-options.ts';
export type { DetectFacesOptions } from './options/detect-faces-options.ts';
export type {
  DetectorOptions,
  FaceBoxesOptions,
  MmodOptions,
  OnnxDetectorOptions,
  SsdOptions,
} from './options/detector-options.ts';
export type { EmbedFacesOptions } from './options/embed-faces-options.ts';
export type { DlibEmbedderOptions, EmbedderOptions, OnnxEmbedderOptions } from './options/embedder-options.ts';
export type { EngineName, FaceEngineOptions } from './options/engine-options.ts';
export type { PixelFormat } from './options/pixel-format.ts';
export { type FaceQuality, measureFaceQuality } from './quality/measure-face-quality.ts';
export type { ImageInput, RgbImage } from './rgb-image.ts';
