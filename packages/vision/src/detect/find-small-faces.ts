import { cutOut } from '../cut-out.ts';
import type { RgbImage } from '../rgb-image.ts';
import type { Detection, FaceDetector } from './face-detector.ts';
import { DEFAULT_MAX_SIDE } from './faceboxes-detector.ts';
import { resizeImage } from './shrink-image.ts';

/**
 * Faces of this side, in pixels of the searched copy, are found. On 18 photos at 14 sizes FaceBoxes found 97 % of the faces of 40 to 60
 * pixels, 82 % of those of 30 to 40, 44 % below that and none below 18.
 */
const FOUND_SIDE = 40;

/** How much finer each pass is than the one before; faces larger than this many times {@link FOUND_SIDE} are the coarser pass's. */
const PASS_FACTOR = 4;

/** Side of the squares, in pixels of the enlarged copy, that are searched one by one: memory is that of one, whatever the photo. */
const TILE_SIDE = 1024;

/** Neighbours share this much, so that each face that is looked for lies whole in the tile that holds its centre. */
const TILE_OVERLAP = 1.2 * PASS_FACTOR * FOUND_SIDE;

/** Photos are enlarged this much at most: beyond, there is nothing to see. */
const MOST_ENLARGEMENT = 4;

/**
 * Searches for faces down to `minFace` pixels, which a search of the whole photo, shrunk to {@link DEFAULT_MAX_SIDE}, would miss: in tiles of
 * copies that show them large enough. Gives nothing when the whole photo shows them large enough already.
 */
export async function findSmallFaces(
  image: RgbImage,
  detector: FaceDetector,
  minFace: number,
  signal?: AbortSignal,
): Promise<Detection[]> {
  const wholeScale = Math.min(1, DEFAULT_MAX_SIDE / Math.max(image.width, image.height));
  const found: Detection[] = [];
  for (let scale = Math.min(FOUND_SIDE / minFace, MOST_ENLARGEMENT); scale > wholeScale; scale /= PASS_FACTOR) {
    for (const top of tileStarts(image.height * scale)) {
      for (const left of tileStarts(image.width * scale)) {
        signal?.throwIfAborted();
        found.push(...(await searchTile(image, detector, scale, left, top)));
      }
    }
  }
  return found;
}

/** Where tiles begin along a side of `length` pixels; evenly spread, the last one ends with the side. */
function tileStarts(length: number): number[] {
  if (length <= TILE_SIDE) return [0];
  const steps = Math.ceil((length - TILE_SIDE) / (TILE_SIDE - TILE_OVERLAP));
  return Array.from({ length: steps + 1 }, (_, i) => (i * (length - TILE_SIDE)) / steps);
}

/** The faces whose centres belong to this tile, in pixels of the image. */
async function searchTile(
  image: RgbImage,
  detector: FaceDetector,
  scale: number,
  left: number,
  top: number,
): Promise<Detection[]> {
  const fromX = Math.floor(left / scale);
  const fromY = Math.floor(top / scale);
  const toX = Math.min(image.width, Math.ceil((left + TILE_SIDE) / scale));
  const toY = Math.min(image.height, Math.ceil((top + TILE_SIDE) / scale));
  const part = cutOut(image, fromX, fromY, toX - fromX, toY - fromY);
  const width = Math.max(1, Math.round(part.width * scale));
  const height = Math.max(1, Math.round(part.height * scale));
  const detections = await detector.detect(resizeImage(part, width, height));
  return detections
    .filter(({ box }) => Math.max(box.right - box.left, box.bottom - box.top) <= TILE_OVERLAP)
    .filter(({ box }) => belongs((box.left + box.right) / 2, { length: width, first: fromX === 0, last: toX === image.width }))
    .filter(({ box }) => belongs((box.top + box.bottom) / 2, { length: height, first: fromY === 0, last: toY === image.height }))
    .map(({ box, score }) => ({
      box: {
        left: box.left / scale + fromX,
        top: box.top / scale + fromY,
        right: box.right / scale + fromX,
        bottom: box.bottom / scale + fromY,
      },
      score,
    }));
}

/** Whether a face is this tile's along one side: near an inner edge it may be cut, and the neighbour sees it whole. */
function belongs(center: number, side: { length: number; first: boolean; last: boolean }): boolean {
  const margin = TILE_OVERLAP / 2;
  return (side.first || center >= margin) && (side.last || center <= side.length - margin);
}
