import { InvalidInputError } from '../errors.ts';
import type { OnnxDetectorOptions } from '../options/detector-options.ts';
import type { PixelFormat } from '../options/pixel-format.ts';
import type { RgbImage } from '../rgb-image.ts';
import type { FloatTensor, InferenceSession } from '../runtime/inference-runtime.ts';
import { pixelsToTensor } from '../runtime/pixels-to-tensor.ts';
import { decodeUltraFace } from './decode-ultraface.ts';
import { decodeYuNet } from './decode-yunet.ts';
import type { Detection, FaceDetector } from './face-detector.ts';
import { DEFAULT_MAX_SIDE, WIDER_FACE_TO_DLIB } from './faceboxes-detector.ts';
import { padImage, padToMultiple } from './pad-image.ts';
import { scaleDetection } from './scale-detection.ts';
import { shrinkImage } from './shrink-image.ts';
import { suppressOverlaps } from './suppress-overlaps.ts';

interface DetectorFamily {
  pixels: PixelFormat;
  /** Sides of a free input are rounded up to this many pixels. */
  multiple: number;
  threshold: number;
  outputs: readonly string[];
  decode(outputs: Record<string, FloatTensor>, input: { width: number; height: number }, threshold: number): Detection[];
}

const FAMILIES: Record<OnnxDetectorOptions['kind'], DetectorFamily> = {
  yunet: {
    pixels: { layout: 'nchw', channels: 'bgr', mean: 0, scale: 1 },
    multiple: 32,
    threshold: 0.6,
    outputs: [8, 16, 32].flatMap((stride) => [`cls_${stride}`, `obj_${stride}`, `bbox_${stride}`]),
    decode: decodeYuNet,
  },
  ultraface: {
    pixels: { layout: 'nchw', channels: 'rgb', mean: 127, scale: 1 / 128 },
    multiple: 16,
    threshold: 0.7,
    outputs: ['scores', 'boxes'],
    decode: decodeUltraFace,
  },
};

const MAX_IOU = 0.3;

/**
 * A YuNet or UltraFace network on any runtime.
 *
 * @throws InvalidInputError when the file does not have the outputs of its family.
 */
export function onnxDetector(session: InferenceSession, weightsSha256: string, options: OnnxDetectorOptions): FaceDetector {
  const family = FAMILIES[options.kind];
  const { maxSide = DEFAULT_MAX_SIDE, threshold = family.threshold, boxMap = WIDER_FACE_TO_DLIB } = options;
  const missing = family.outputs.filter((output) => !session.outputNames.includes(output));
  if (missing.length > 0) {
    throw new InvalidInputError(
      `Expected a ${options.kind} network in ${options.file}, but it has no output ${missing.join(', ')}; it has ${session.outputNames.join(', ')}.`,
    );
  }
  const [inputName] = session.inputNames;
  const [, , fixedHeight, fixedWidth] = session.inputShapes[0]!;
  const fitToInput = (image: RgbImage) => {
    if (typeof fixedWidth !== 'number' || typeof fixedHeight !== 'number') {
      const small = shrinkImage(image, maxSide);
      return { small, input: padToMultiple(small, family.multiple) };
    }
    const scale = Math.min(fixedWidth / image.width, fixedHeight / image.height, 1);
    const small = shrinkImage(image, Math.floor(Math.max(image.width, image.height) * scale));
    return { small, input: padImage(small, fixedWidth, fixedHeight) };
  };
  return {
    name: options.kind,
    boxMap,
    provenance: { detector: options.kind, detectorSha256: weightsSha256, detectorMaxSide: maxSide, detectorThreshold: threshold },
    async detect(image) {
      const { small, input } = fitToInput(image);
      const outputs = await session.run({ [inputName!]: pixelsToTensor(input, family.pixels) });
      const detections = suppressOverlaps(family.decode(outputs, input, threshold), MAX_IOU);
      return detections.map((detection) => scaleDetection(detection, image.width / small.width, image.height / small.height));
    },
    close: () => session.close(),
  };
}
