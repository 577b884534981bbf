import { type AlignedFace, alignFace } from './align/align-face.ts';
import { cropFace } from './crop/crop-face.ts';
import { decodeImage } from './decode/decode-image.ts';
import { detectFaces, type FoundFace } from './detect/detect-faces.ts';
import { embedFaces } from './embed/embed-faces.ts';
import { InvalidInputError } from './errors.ts';
import { clipToImage, type FaceBox, toDlibRect } from './face-box.ts';
import type { FaceEngine } from './face-engine.ts';
import { type FaceQuality, measureFaceQuality } from './quality/measure-face-quality.ts';
import type { ImageInput, RgbImage } from './rgb-image.ts';

/** One face of a photo, in pixels of the upright image. */
export interface DetectedFace {
  /** The square dlib's detector would draw, cut to the image; integers. */
  box: FaceBox;
  /** dlib's five points as [x, y] integers: outer and inner corner of the eye on the right, the same on the left, base of the nose. */
  landmarks: [number, number][];
  /** The detector's confidence, 0..1; 1 for boxes given by the caller. */
  score: number;
  /** 128 numbers, as dlib's network gives them (not normalised). Same person: distance below about 0.6. */
  embedding: Float32Array;
  quality: FaceQuality;
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
  /** Largest image in pixels; default 120 million. */
  maxPixels?: number;
  signal?: AbortSignal;
}

/**
 * The whole pipeline on one image, in this thread.
 *
 * @throws ImageUnreadableError, ImageTooLargeError, InvalidInputError; the signal's reason when aborted between steps.
 */
export async function analyzeFaces(input: ImageInput, engine: FaceEngine, options: AnalyzeOptions = {}): Promise<AnalyzedImage> {
  const { boxes, crops = false, maxPixels, signal } = options;

  // 1. Pixels, upright, once.
  const image = await decodeImage(input, { maxPixels, signal });
  signal?.throwIfAborted();

  // 2. Where faces are, as dlib would draw them.
  const found = boxes ? takeBoxes(boxes, image) : await detectFaces(image, engine.detector);
  signal?.throwIfAborted();

  // 3. Landmarks, and the face brought into position.
  const aligned = found.map(({ rect }) => alignFace(image, rect, engine.landmarks));
  signal?.throwIfAborted();

  // 4. All faces of the image through the network together.
  const embeddings = await embedFaces(
    aligned.map(({ chip }) => chip),
    engine.embedder,
  );
  signal?.throwIfAborted();

  // 5. What the library keeps of each face.
  const faces = await Promise.all(
    found.map(async (face, i) =>
      describeFace(image, face, aligned[i]!, embeddings[i]!, crops ? await cropFace(image, face.rect) : null),
    ),
  );
  return { width: image.width, height: image.height, faces: faces.filter((face) => face !== null) };
}

function takeBoxes(boxes: readonly FaceBox[], image: RgbImage): FoundFace[] {
  return boxes.map((box, i) => {
    const { x, y, width, height } = box;
    if (![x, y, width, height].every(Number.isInteger) || width < 1 || height < 1) {
      throw new InvalidInputError(
        `Expected whole pixels and a positive size for boxes[${i}] but received ${JSON.stringify(box)}.`,
      );
    }
    const rect = toDlibRect(box);
    if (!clipToImage(rect, image)) {
      throw new InvalidInputError(
        `boxes[${i}] lies outside the image of ${image.width} x ${image.height} pixels: ${JSON.stringify(box)}.`,
      );
    }
    return { rect, score: 1 };
  });
}

/** Null for a box outside the image, which detectors may imagine in the black they pad it with. */
function describeFace(
  image: RgbImage,
  { rect, score }: FoundFace,
  { landmarks, chip }: AlignedFace,
  embedding: Float32Array,
  crop: Uint8Array | null,
): DetectedFace | null {
  const box = clipToImage(rect, image);
  if (!box) return null;
  const quality = measureFaceQuality(landmarks, chip, rect.right - rect.left + 1, score);
  return { box, landmarks, score, embedding, quality, crop };
}
