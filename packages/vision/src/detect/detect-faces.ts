import { checkRgbImage } from '../decode/check-rgb-image.ts';
import type { DlibRect } from '../face-box.ts';
import { checkDetectFacesOptions, type DetectFacesOptions } from '../options/detect-faces-options.ts';
import type { RgbImage } from '../rgb-image.ts';
import type { Detection, DetectionBox, FaceDetector } from './face-detector.ts';
import { findSmallFaces } from './find-small-faces.ts';
import { mapToDlibBox } from './map-to-dlib-box.ts';
import { shrinkImage } from './shrink-image.ts';
import { intersectionOverUnion, suppressOverlaps } from './suppress-overlaps.ts';

/** A face as found: the square dlib's detector would draw (it may leave the image), and the detector's confidence 0..1. */
export interface FoundFace {
  rect: DlibRect;
  score: number;
}

// On crops around 19 sample faces with margins of 0..0.5 face widths, FaceBoxes alone drew up to two boxes too many per face,
// and one face in ten was misplaced so far that its embedding was of nobody (distance 0.6..0.8 to the right box). With a
// black border around the crop every distance but one stayed below 0.15.

/** A face at least this large, relative to the picture's shorter side, makes the picture a close-up. */
const CLOSE_UP_SHARE = 0.4;

/** Longer side of the copy of a close-up, before its border, in pixels. */
const CLOSE_UP_SIDE = 256;

/** Border on each side of a close-up, relative to its longer side. */
const CLOSE_UP_BORDER = 0.5;

const SAME_FACE_IOU = 0.3;

/**
 * Finds the faces in upright pixels.
 *
 * Detectors know faces with surroundings. Where a face fills the picture, or nothing was found, the picture is searched once
 * more with a black border around it, and the large faces of that second search are taken.
 *
 * @example
 * ```ts
 * for (const { rect, score } of await detectFaces(image, engine.detector, { minFace: 24 })) console.log(rect, score.toFixed(2));
 * ```
 */
export async function detectFaces(
  image: RgbImage,
  detector: FaceDetector,
  options: DetectFacesOptions = {},
): Promise<FoundFace[]> {
  checkRgbImage(image);
  checkDetectFacesOptions(options);
  const { minFace = null, signal } = options;
  const isLarge = ({ box }: Detection) => box.right - box.left >= CLOSE_UP_SHARE * Math.min(image.width, image.height);
  let detections = await detector.detect(image);
  if (detections.length === 0 || detections.some(isLarge)) {
    const large = (await detectInBorder(image, detector)).filter(isLarge);
    if (large.length > 0) {
      const overlapsLarge = (box: DetectionBox) => large.some((face) => intersectionOverUnion(face.box, box) > SAME_FACE_IOU);
      detections = [...large, ...detections.filter((found) => !isLarge(found) && !overlapsLarge(found.box))];
    }
  }
  if (minFace !== null) {
    detections = suppressOverlaps([...detections, ...(await findSmallFaces(image, detector, minFace, signal))], SAME_FACE_IOU);
  }
  return detections.map(({ box, score }) => ({ rect: mapToDlibBox(box, detector.boxMap), score }));
}

async function detectInBorder(image: RgbImage, detector: FaceDetector): Promise<Detection[]> {
  const small = shrinkImage(image, CLOSE_UP_SIDE);
  const border = Math.round(Math.max(small.width, small.height) * CLOSE_UP_BORDER);
  const scaleX = image.width / small.width;
  const scaleY = image.height / small.height;
  const detections = await detector.detect(addBorder(small, border));
  return detections.map(({ box, score }) => ({
    box: {
      left: (box.left - border) * scaleX,
      top: (box.top - border) * scaleY,
      right: (box.right - border) * scaleX,
      bottom: (box.bottom - border) * scaleY,
    },
    score,
  }));
}

function addBorder({ data, width, height }: RgbImage, border: number): RgbImage {
  const outWidth = width + 2 * border;
  const outHeight = height + 2 * border;
  const out = new Uint8Array(outWidth * outHeight * 3);
  for (let y = 0; y < height; y++) {
    out.set(data.subarray(y * width * 3, (y + 1) * width * 3), ((y + border) * outWidth + border) * 3);
  }
  return { data: out, width: outWidth, height: outHeight };
}
