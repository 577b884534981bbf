import { type AlignedFace, alignFace } from './align/align-face.ts';
import { alignmentName } from './align/chip-shape.ts';
import { cutFaceChip } from './align/cut-face-chip.ts';
import { checkRgbImage } from './decode/check-rgb-image.ts';
import { detectFaces, type FoundFace } from './detect/detect-faces.ts';
import { embedFaces } from './embed/embed-faces.ts';
import { DLIB_ALIGNMENT } from './embed/embedding-space.ts';
import type { FaceEmbedder } from './embed/face-embedder.ts';
import { InvalidInputError } from './errors.ts';
import { clipToImage, type FaceBox, toDlibRect } from './face-box.ts';
import type { FaceEngine } from './face-engine.ts';
import type { Landmark } from './landmark.ts';
import { type AnalyzePixelsOptions, checkAnalyzePixelsOptions } from './options/analyze-options.ts';
import { type FaceQuality, measureFaceQuality } from './quality/measure-face-quality.ts';
import type { RgbImage } from './rgb-image.ts';

/** One face of a photo, in pixels of the upright image. */
export interface DetectedFace {
  /** The square dlib's detector would draw, cut to the image; integers. */
  box: FaceBox;
  /** dlib's five points as [x, y] integers: outer and inner corner of the eye on the right, the same on the left, base of the nose. */
  landmarks: Landmark[];
  /** The detector's confidence, 0..1; 1 for boxes given by the caller. */
  score: number;
  /** As the network gives it (dlib's: 128 numbers, not normalised; of one person when closer than about 0.6). */
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

/**
 * Everything that happens between decoded pixels and described faces; the same in Node and in browsers.
 *
 * @throws InvalidInputError for boxes that are none; the signal's reason when aborted between steps.
 * @example
 * ```ts
 * const { faces } = await analyzePixels({ data: new Uint8Array(640 * 480 * 3), width: 640, height: 480 }, engine);
 * ```
 */
export async function analyzePixels(
  image: RgbImage,
  engine: FaceEngine,
  options: AnalyzePixelsOptions = {},
): Promise<AnalyzedImage> {
  checkRgbImage(image);
  checkAnalyzePixelsOptions(options);
  const { boxes, cropFace, signal } = options;
  signal?.throwIfAborted();

  // 1. Where faces are, as dlib would draw them. Detectors may imagine some in the black they pad the image with.
  const found = boxes ? takeBoxes(boxes, image) : await detectFaces(image, engine.detector, { minFace: engine.minFace, signal });
  const visible = found.filter(({ rect }) => clipToImage(rect, image) !== null);
  signal?.throwIfAborted();

  // 2. Landmarks, and each face brought into position.
  const aligned = visible.map(({ rect }) => alignFace(image, rect, engine.landmarks));
  signal?.throwIfAborted();

  // 3. All faces of the image through the network together.
  const embeddings = await embedFaces(
    aligned.map((face) => chipFor(engine.embedder, image, face)),
    engine.embedder,
  );
  signal?.throwIfAborted();

  // 4. What the library keeps of each face.
  const crops: (Uint8Array | null)[] = [];
  // One after the other: the cores are busy with other photos, and each encoder at work takes memory that stays taken.
  for (const { rect } of visible) crops.push((await cropFace?.(image, rect)) ?? null);
  const faces = visible.map((face, i) => describeFace(image, face, aligned[i]!, embeddings[i]!, crops[i]!));
  return { width: image.width, height: image.height, faces };
}

/** dlib's chip, or one cut for a network that was trained on another. */
function chipFor({ chip }: FaceEmbedder, image: RgbImage, face: AlignedFace): Uint8Array {
  if (alignmentName(chip) === DLIB_ALIGNMENT) return face.chip;
  return cutFaceChip(image, face.landmarks, chip);
}

function takeBoxes(boxes: readonly FaceBox[], image: RgbImage): FoundFace[] {
  return boxes.map((box, i) => {
    const rect = toDlibRect(box);
    if (!clipToImage(rect, image)) {
      throw new InvalidInputError(
        `boxes[${i}] lies outside the image of ${image.width} x ${image.height} pixels: ${JSON.stringify(box)}.`,
      );
    }
    return { rect, score: 1 };
  });
}

function describeFace(
  image: RgbImage,
  { rect, score }: FoundFace,
  { landmarks, chip }: AlignedFace,
  embedding: Float32Array,
  crop: Uint8Array | null,
): DetectedFace {
  const quality = measureFaceQuality(landmarks, chip, rect.right - rect.left + 1, score);
  return { box: clipToImage(rect, image)!, landmarks, score, embedding, quality, crop };
}
