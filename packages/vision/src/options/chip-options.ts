import type { Landmark } from '../landmark.ts';
import { numberFrom, type OptionCheck, optionsOf, that, wholeNumber } from './option-checks.ts';

/** A square picture of an upright face as dlib cuts it. */
export interface DlibChipShape {
  /** Side in pixels. */
  size: number;
  template?: 'dlib';
  /** Room around dlib's mean face on each side, relative to that face; default 0.25. */
  padding?: number;
}

/** A square picture of an upright face for a network that was trained on another than dlib's. */
export interface TemplateChipShape {
  /** Side in pixels. */
  size: number;
  /**
   * Where dlib's five points come to lie. `arcface`: as in the chips of ArcFace and most networks since, which their authors cut at 112
   * pixels by the middles of the eyes, the tip of the nose and the corners of the mouth. Or the five points themselves, [x, y] in pixels of
   * the chip: outer and inner corner of the eye on the right, the same on the left, base of the nose.
   */
  template: 'arcface' | readonly Landmark[];
}

export type ChipShape = DlibChipShape | TemplateChipShape;

/** Side of a chip, in pixels. */
export const checkChipSize = wholeNumber(16, 1024);

const template = that(
  (value) => value === 'dlib' || value === 'arcface' || isFivePoints(value),
  "'dlib' or 'arcface' or five points [x, y] in pixels of the chip",
);
const dlibChip = optionsOf<DlibChipShape>({ size: checkChipSize, template, padding: numberFrom(0, 2) }, ['size']);
const templateChip = optionsOf<TemplateChipShape>({ size: checkChipSize, template }, ['size']);

/** Only dlib's chip has a padding: other templates say where each point lies. */
export const checkChip: OptionCheck = (value, name) => {
  const hasTemplate = typeof value === 'object' && value !== null && 'template' in value && value.template !== 'dlib';
  (hasTemplate && value.template !== undefined ? templateChip : dlibChip)(value, name);
};

function isFivePoints(value: unknown): boolean {
  const isPoint = (point: unknown) => Array.isArray(point) && point.length === 2 && point.every(Number.isFinite);
  return Array.isArray(value) && value.length === 5 && value.every(isPoint);
}
