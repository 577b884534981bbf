import { RuntimeUnavailableError } from './errors.ts';
import type { FaceBox } from './face-box.ts';
import type { ImageInput } from './rgb-image.ts';

/** Names the geometry in which distances between embeddings mean anything; vectors of two spaces are never compared. */
export interface EmbeddingSpace {
  name: string;
  model: string;
  modelVersion: string;
  /** Hex SHA-256 of the weights as their author published them, before any lossless conversion. */
  weightsSha256: string;
  alignment: string;
  dimension: 128;
  metric: 'l2';
  quantisation: string;
}

/** One face of a photo, in pixels of the upright image. */
export interface DetectedFace {
  /** The square dlib's detector would draw, cut to the image; integers. */
  box: FaceBox;
  /** dlib's five points as [x, y] integers: outer and inner corner of the eye on the right, the same on the left, base of the nose. */
  landmarks: [number, number][];
  /** The detector's confidence, 0..1. */
  score: number;
  /** 128 numbers, as dlib's network gives them (length about 1.4, not normalised). */
  embedding: Float32Array;
  quality: Record<string, number>;
  /** A WebP picture of the face, when crops were asked for. */
  crop: Uint8Array | null;
}

/** The faces of one image and the image's upright size in pixels. */
export interface AnalyzedImage {
  width: number;
  height: number;
  faces: DetectedFace[];
}

export interface AnalyzeOptions {
  /** Embed exactly these boxes, in dlib's convention, instead of detecting. */
  boxes?: FaceBox[];
  /** Also encode a crop of each face; default false. */
  crops?: boolean;
  signal?: AbortSignal;
}

export interface FaceAnalyzer extends AsyncDisposable {
  readonly space: EmbeddingSpace;
  /** Name of the detector, as stored beside each face. */
  readonly detector: string;
  readonly provenance: Record<string, unknown>;
  analyze(image: ImageInput, options?: AnalyzeOptions): Promise<AnalyzedImage>;
  close(): Promise<void>;
}

export interface FaceAnalyzerOptions {
  workers?: number;
  detector?: { maxSide?: number; threshold?: number };
  modelsFolder?: string;
  signal?: AbortSignal;
}

export async function createFaceAnalyzer(_options: FaceAnalyzerOptions = {}): Promise<FaceAnalyzer> {
  throw new RuntimeUnavailableError('The face models are not built yet.');
}
