import { type BoxMap, checkBoxMap } from './box-map.ts';
import { byKind, numberBetween, oneOf, optionsOf, text, wholeNumber } from './option-checks.ts';

/** The detector that comes with the package. */
export interface FaceBoxesOptions {
  kind?: 'faceboxes';
  /** Longer side of the searched copy in pixels, 128..8192; default 1024. */
  maxSide?: number;
  /** Least score of a face, between 0 and 1; default 0.5. */
  threshold?: number;
}

/** dlib's CNN detector ("mmod"): few false faces, none below 80 pixels of the searched copy, ten times slower than FaceBoxes. */
export interface MmodOptions {
  kind: 'mmod';
  /** Longer side of the searched copy in pixels, 128..8192; default 1280. */
  maxSide?: number;
  /** Least score of a face, between 0 and 1; default 0.5, which is dlib's own threshold of 0 before the logistic function. */
  threshold?: number;
}

/** A detector of your own, as an ONNX file. */
export interface OnnxDetectorOptions {
  /** The network's family, which decides how pixels go in and boxes come out. */
  kind: 'yunet' | 'ultraface';
  /** Path of the .onnx file. */
  file: string;
  /** Longer side of the searched copy in pixels, where the file does not fix its input; default 1024. */
  maxSide?: number;
  /** Least score of a face, 0..1; default 0.6 for YuNet and 0.7 for UltraFace, as their authors chose. */
  threshold?: number;
  /** How its boxes lie to dlib's; default: as FaceBoxes' do, which was trained on the same annotations (WIDER FACE). */
  boxMap?: BoxMap;
}

export interface SsdOptions {
  kind?: 'ssd';
  /** Longer side of the searched copy in pixels; default 1024 (the network itself sees 512). */
  maxSide?: number;
  /** Least score of a face, between 0 and 1; default 0.5: 288 of 298 faces on 73 everyday photos, 2 false. */
  threshold?: number;
}

export type DetectorOptions = FaceBoxesOptions | MmodOptions | OnnxDetectorOptions;

/** Below 128 pixels nothing is found, above 8192 one search takes gigabytes. */
const LEAST_SIDE = 128;
export const MOST_SIDE = 8192;

const maxSide = wholeNumber(LEAST_SIDE, MOST_SIDE);
const threshold = numberBetween(0, 1);
const own = (kind: OnnxDetectorOptions['kind']) =>
  optionsOf<OnnxDetectorOptions>({ kind: oneOf([kind]), file: text, maxSide, threshold, boxMap: checkBoxMap }, ['kind', 'file']);

const ONNX_DETECTORS = {
  faceboxes: optionsOf<FaceBoxesOptions>({ kind: oneOf(['faceboxes']), maxSide, threshold }),
  mmod: optionsOf<MmodOptions>({ kind: oneOf(['mmod']), maxSide, threshold }),
  yunet: own('yunet'),
  ultraface: own('ultraface'),
};

/** The detectors of the engines on onnxruntime. */
export const checkDetector = byKind(ONNX_DETECTORS, 'faceboxes');

/** The detector of the face-api engine. */
export const checkSsd = byKind({ ssd: optionsOf<SsdOptions>({ kind: oneOf(['ssd']), maxSide, threshold }) }, 'ssd');
