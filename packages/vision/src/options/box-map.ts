import { finiteNumber, numberBetween, optionsOf } from './option-checks.ts';

/**
 * How a detector's box lies to the square that dlib's detector would draw around the same face, all in units of
 * sqrt(width x height) of the detector's box.
 */
export interface BoxMap {
  centerShiftX: number;
  centerShiftY: number;
  side: number;
}

export const checkBoxMap = optionsOf<BoxMap>(
  { centerShiftX: finiteNumber, centerShiftY: finiteNumber, side: numberBetween(0, Number.POSITIVE_INFINITY) },
  ['centerShiftX', 'centerShiftY', 'side'],
);
