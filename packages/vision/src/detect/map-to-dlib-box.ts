import type { DlibRect } from '../face-box.ts';
import type { BoxMap } from '../options/box-map.ts';
import type { DetectionBox } from './face-detector.ts';

/**
 * The square in whole pixels that dlib's detector would draw around the face of `box`; it may leave the image.
 *
 * @example
 * ```ts
 * const box = { left: 630.4, top: 230.2, right: 880.9, bottom: 540.7 };
 * const { left, top, right, bottom } = mapToDlibBox(box, engine.detector.boxMap);
 * ```
 */
export function mapToDlibBox(box: DetectionBox, map: BoxMap): DlibRect {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const unit = Math.sqrt(width * height);
  const side = Math.max(1, Math.round(map.side * unit));
  const left = Math.round(box.left + width / 2 + map.centerShiftX * unit - side / 2);
  const top = Math.round(box.top + height / 2 + map.centerShiftY * unit - side / 2);
  return { left, top, right: left + side - 1, bottom: top + side - 1 };
}
