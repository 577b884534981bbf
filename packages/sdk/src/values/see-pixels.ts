import type { FaceAnalyzerLike, RgbPixels } from '../model/face-analyzer.ts';
import type { FaceBox } from '../model/face-box.ts';

interface Size {
  width: number;
  height: number;
}

/**
 * An analyzer that looks at decoded pixels instead of the photo's file. They may be a smaller picture of the photo, such as the preview in a RAW
 * file; boxes and landmarks are in pixels of the photo all the same, given and found.
 */
export function seePixels(analyzer: FaceAnalyzerLike, pixels: RgbPixels, photo: Size): FaceAnalyzerLike {
  if (pixels.width === photo.width && pixels.height === photo.height) {
    return { ...analyzer, analyze: (_, options) => analyzer.analyze(pixels, options) };
  }
  return {
    ...analyzer,
    async analyze(_, options = {}) {
      const boxes = options.boxes?.map((box) => scaleBox(box, photo, pixels));
      const { faces } = await analyzer.analyze(pixels, { ...options, ...(boxes ? { boxes } : {}) });
      return {
        width: photo.width,
        height: photo.height,
        faces: faces.map((face) => ({
          ...face,
          box: scaleBox(face.box, pixels, photo),
          landmarks: scalePoints(face.landmarks, pixels, photo),
        })),
      };
    },
  };
}

/** A face of a photo, in the pixels of a smaller picture of it. */
export function scaleFace<Face extends { box: FaceBox; landmarks: [number, number][] | null }>(
  face: Face,
  from: Size,
  to: Size,
): Face {
  return {
    ...face,
    box: scaleBox(face.box, from, to),
    landmarks: face.landmarks && scalePoints(face.landmarks, from, to),
  };
}

function scalePoints(points: readonly [number, number][], from: Size, to: Size): [number, number][] {
  return points.map(([x, y]) => [(x * to.width) / from.width, (y * to.height) / from.height]);
}

/** To whole pixels, of which there is at least one in each direction, inside the picture. */
function scaleBox({ x, y, width, height }: FaceBox, from: Size, to: Size): FaceBox {
  const [left, right] = scaleSpan(x, x + width, from.width, to.width);
  const [top, bottom] = scaleSpan(y, y + height, from.height, to.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function scaleSpan(start: number, end: number, from: number, to: number): [start: number, end: number] {
  const first = Math.min(Math.round((start * to) / from), to - 1);
  return [first, Math.min(Math.max(Math.round((end * to) / from), first + 1), to)];
}
