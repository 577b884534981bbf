import { extractFaceChip } from './align/extract-face-chip.ts';
import { findFaceChipRect } from './align/face-chip-rect.ts';
import { predictLandmarks } from './align/predict-landmarks.ts';
import { checkRgbImage } from './decode/check-rgb-image.ts';
import { embedFaces } from './embed/embed-faces.ts';
import { InvalidInputError } from './errors.ts';
import { clipToImage, type DlibRect, type FaceBox, toDlibRect } from './face-box.ts';
import type { FaceEngine } from './face-engine.ts';
import type { Landmark } from './landmark.ts';
import type { RgbImage } from './rgb-image.ts';

/** A face that was found before, in pixels of the upright image. */
export interface KnownFace {
  box: FaceBox;
  /** dlib's five points, as `analyze` gives them or as objects; null or none: they are looked for in the box. */
  landmarks: readonly (Landmark | { x: number; y: number })[] | null;
}

const LANDMARK_COUNT = 5;

/**
 * Embeds faces of decoded pixels that were found before, without looking for any: for an embedding space beside the first. The
 * embeddings are those that `analyze` gives, in the order of `faces`; null for a face that does not lie in the image.
 *
 * @throws InvalidInputError for boxes and landmarks that are none; the signal's reason when aborted between steps.
 * @example
 * ```ts
 * const face = { box: { x: 630, y: 254, width: 268, height: 268 }, landmarks: null };
 * const [embedding] = await embedKnownFaces(image, [face], engine); // null when the box lies outside
 * ```
 */
export async function embedKnownFaces(
  image: RgbImage,
  faces: readonly KnownFace[],
  engine: Pick<FaceEngine, 'landmarks' | 'embedder'>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<(Float32Array | null)[]> {
  checkRgbImage(image);
  checkKnownFaces(faces);
  signal?.throwIfAborted();
  const chips = faces.map(readKnownFace).map((face) => cutKnownFace(image, face, engine));
  signal?.throwIfAborted();
  const embeddings = await embedFaces(
    chips.filter((chip) => chip !== null),
    engine.embedder,
  );
  const remaining = embeddings.values();
  return chips.map((chip) => (chip === null ? null : remaining.next().value!));
}

function cutKnownFace(
  image: RgbImage,
  { rect, landmarks }: { rect: DlibRect; landmarks: Landmark[] },
  engine: Pick<FaceEngine, 'landmarks' | 'embedder'>,
): Uint8Array | null {
  if (!clipToImage(rect, image)) return null;
  const points = landmarks.length > 0 ? landmarks : predictLandmarks(image, rect, engine.landmarks);
  if (!points.some(([x, y]) => x >= 0 && y >= 0 && x < image.width && y < image.height)) return null;
  const { chip } = engine.embedder;
  const chipRect = findFaceChipRect(points, chip);
  return chipRect.size < 1 ? null : extractFaceChip(image, chipRect, chip.size);
}

function readKnownFace({ box: { x, y, width, height }, landmarks }: KnownFace): { rect: DlibRect; landmarks: Landmark[] } {
  const box = { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
  return { rect: toDlibRect(box), landmarks: (landmarks ?? []).map(readPoint) };
}

function readPoint(point: Landmark | { x: number; y: number }): Landmark {
  return 'x' in point ? [point.x, point.y] : [point[0], point[1]];
}

/** @throws InvalidInputError */
export function checkKnownFaces(faces: readonly KnownFace[]): void {
  if (!Array.isArray(faces)) throw InvalidInputError.expected('an array', 'faces', faces);
  faces.forEach((face: Partial<KnownFace> | null, i) => {
    const { x, y, width, height } = face?.box ?? {};
    if (![x, y, width, height].every(Number.isFinite) || width! < 1 || height! < 1) {
      throw InvalidInputError.expected('pixels x, y, width and height of a positive size', `faces[${i}].box`, face?.box);
    }
    const points = face?.landmarks ?? [];
    const isFinitePoint = (point: unknown) =>
      typeof point === 'object' && point !== null && readPoint(point as Landmark).every(Number.isFinite);
    if (!Array.isArray(points) || ![0, LANDMARK_COUNT].includes(points.length) || !points.every(isFinitePoint)) {
      throw InvalidInputError.expected(`dlib's ${LANDMARK_COUNT} points, or none`, `faces[${i}].landmarks`, points);
    }
  });
}
