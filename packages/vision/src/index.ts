export { type AlignedFace, alignFace } from './align/align-face.ts';
export {
  CHIP_PADDING,
  CHIP_SIZE,
  type ChipShape,
  DLIB_CHIP,
  type DlibChipShape,
  type TemplateChipShape,
} from './align/chip-shape.ts';
export { extractFaceChip } from './align/extract-face-chip.ts';
export { type FaceChipRect, findFaceChipRect } from './align/face-chip-rect.ts';
export { type Landmark, predictLandmarks } from './align/predict-landmarks.ts';
export type { ShapePredictor } from './align/shape-predictor-file.ts';
export { type AnalyzeOptions, analyzeFaces } from './analyze-faces.ts';
export { type AnalyzedImage, type AnalyzePixelsOptions, analyzePixels, type DetectedFace } from './analyze-pixels.ts';
export { cropFace } from './crop/crop-face.ts';
export { MAX_FILE_BYTES, MAX_PIXELS } from './decode/decode-budget.ts';
export { type DecodeOptions, decodeImage } from './decode/decode-image.ts';
export { type DetectFacesOptions, detectFaces, type FoundFace } from './detect/detect-faces.ts';
export type { BoxMap, Detection, DetectionBox, FaceDetector } from './detect/face-detector.ts';
export { DEFAULT_MAX_SIDE, DEFAULT_THRESHOLD, type FaceBoxesOptions } from './detect/faceboxes-detector.ts';
export { mapToDlibBox } from './detect/map-to-dlib-box.ts';
export type { MmodOptions } from './detect/mmod-detector.ts';
export type { OnnxDetectorOptions } from './detect/onnx-detector.ts';
export type { DlibEmbedderOptions } from './embed/dlib-resnet-embedder.ts';
export { embedFaces } from './embed/embed-faces.ts';
export { DLIB_ALIGNMENT, type EmbeddingSpace, embeddingSpaceName } from './embed/embedding-space.ts';
export type { FaceEmbedder } from './embed/face-embedder.ts';
export { type FacePluginOptions, facePluginEmbedder } from './embed/face-plugin-embedder.ts';
export type { OnnxEmbedderOptions } from './embed/onnx-embedder.ts';
export { type EmbedFacesOptions, embedKnownFaces, type KnownFace } from './embed-known-faces.ts';
export type { SsdOptions } from './engines/face-api-engine.ts';
export type { DetectorOptions, EmbedderOptions } from './engines/onnx-engine.ts';
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
export { createFaceAnalyzer, type FaceAnalyzer, type FaceAnalyzerOptions } from './face-analyzer.ts';
export { clipToImage, type DlibRect, type FaceBox, toDlibRect } from './face-box.ts';
export type { FaceEngine } from './face-engine.ts';
export { type EngineName, type FaceEngineOptions, loadFaceEngine } from './load-face-engine.ts';
export { type FaceQuality, measureFaceQuality } from './quality/measure-face-quality.ts';
export type { ImageInput, RgbImage } from './rgb-image.ts';
export type { PixelFormat } from './runtime/pixels-to-tensor.ts';
