import type { DlibRect } from '../face-box.ts';
import type { Landmark } from '../landmark.ts';
import type { RgbImage } from '../rgb-image.ts';
import type { ShapePredictor } from './shape-predictor-file.ts';
import { findSimilarityTransform } from './similarity-transform.ts';

/**
 * Finds dlib's five points of the face in `rect`: outer and inner corner of the eye on the image's right, outer and inner
 * corner of the eye on its left, base of the nose.
 *
 * Computes what dlib's `shape_predictor` computes, in the same float32 steps where rounding decides which pixel is read.
 * `rect` must be a box as dlib's detector draws it (see {@link mapToDlibBox}) and may reach beyond the image.
 *
 * @example
 * ```ts
 * const [eyeOnTheRight, , eyeOnTheLeft, , nose] = predictLandmarks(image, toDlibRect(found.box), engine.landmarks);
 * ```
 */
export function predictLandmarks(image: RgbImage, rect: DlibRect, predictor: ShapePredictor): Landmark[] {
  const shape = Float32Array.from(predictor.initialShape);
  const brightness = new Float32Array(predictor.featureCount);
  for (let cascade = 0; cascade < predictor.cascadeCount; cascade++) {
    sampleFeatures(image, rect, predictor, cascade, shape, brightness);
    addLeaves(predictor, cascade, brightness, shape);
  }
  const width = rect.right - rect.left;
  const height = rect.bottom - rect.top;
  return Array.from({ length: predictor.landmarkCount }, (_, i) => [
    roundHalfUp(shape[2 * i]! * width + rect.left),
    roundHalfUp(shape[2 * i + 1]! * height + rect.top),
  ]);
}

/** Reads the brightness of each feature pixel, which moves with the landmark it is anchored to; 0 outside the image. */
function sampleFeatures(
  image: RgbImage,
  rect: DlibRect,
  { featureCount, featureOffsets, anchors, initialShape }: ShapePredictor,
  cascade: number,
  shape: Float32Array,
  brightness: Float32Array,
): void {
  const { data, width, height } = image;
  const transform = findSimilarityTransform(initialShape, shape);
  const a = Math.fround(transform.a);
  const b = Math.fround(transform.b);
  const rectWidth = rect.right - rect.left;
  const rectHeight = rect.bottom - rect.top;
  const first = cascade * featureCount;
  for (let i = 0; i < featureCount; i++) {
    const offsetX = featureOffsets[2 * (first + i)]!;
    const offsetY = featureOffsets[2 * (first + i) + 1]!;
    const anchor = anchors[first + i]!;
    const x = Math.fround(Math.fround(Math.fround(a * offsetX) - Math.fround(b * offsetY)) + shape[2 * anchor]!);
    const y = Math.fround(Math.fround(Math.fround(b * offsetX) + Math.fround(a * offsetY)) + shape[2 * anchor + 1]!);
    const column = roundHalfUp(x * rectWidth + rect.left);
    const row = roundHalfUp(y * rectHeight + rect.top);
    if (column < 0 || row < 0 || column >= width || row >= height) {
      brightness[i] = 0;
      continue;
    }
    const pixel = (row * width + column) * 3;
    // dlib's grey is the integer mean of the three channels.
    brightness[i] = Math.trunc((data[pixel]! + data[pixel + 1]! + data[pixel + 2]!) / 3);
  }
}

/** Walks each tree of the cascade to a leaf and adds the leaf's shifts to the shape. */
function addLeaves(predictor: ShapePredictor, cascade: number, brightness: Float32Array, shape: Float32Array): void {
  const { treeCount, splitCount, firstFeatures, secondFeatures, thresholds, leaves } = predictor;
  const coordinates = shape.length;
  for (let tree = cascade * treeCount; tree < (cascade + 1) * treeCount; tree++) {
    const root = tree * splitCount;
    let node = 0;
    while (node < splitCount) {
      const split = root + node;
      const difference = brightness[firstFeatures[split]!]! - brightness[secondFeatures[split]!]!;
      node = difference > thresholds[split]! ? 2 * node + 1 : 2 * node + 2;
    }
    const leaf = (tree * (splitCount + 1) + node - splitCount) * coordinates;
    for (let i = 0; i < coordinates; i++) shape[i]! += leaves[leaf + i]!;
  }
}

function roundHalfUp(value: number): number {
  return Math.floor(value + 0.5);
}
