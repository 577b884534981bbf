import type { BoxMap } from '../detect/face-detector.ts';
import type { FaceBoxesOptions } from '../detect/faceboxes-detector.ts';
import type { MmodOptions } from '../detect/mmod-detector.ts';
import type { OnnxDetectorOptions } from '../detect/onnx-detector.ts';
import type { SsdOptions } from '../engines/face-api-engine.ts';
import { byKind, finiteNumber, numberBetween, oneOf, optionsOf, text, wholeNumber } from './option-checks.ts';

/** Below 128 pixels nothing is found, above 8192 one search takes gigabytes. */
export const LEAST_SIDE = 128;
export const MOST_SIDE = 8192;

const maxSide = wholeNumber(LEAST_SIDE, MOST_SIDE);
const threshold = numberBetween(0, 1);
const own = (kind: OnnxDetectorOptions['kind']) =>
  optionsOf<OnnxDetectorOptions>(
    {
      kind: oneOf([kind]),
      file: text,
      maxSide,
      threshold,
      boxMap: optionsOf<BoxMap>(
        { centerShiftX: finiteNumber, centerShiftY: finiteNumber, side: numberBetween(0, Number.POSITIVE_INFINITY) },
        ['centerShiftX', 'centerShiftY', 'side'],
      ),
    },
    ['kind', 'file'],
  );

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
