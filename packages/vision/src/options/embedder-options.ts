import type { DlibChipShape, TemplateChipShape } from '../align/chip-shape.ts';
import type { DlibEmbedderOptions } from '../embed/dlib-resnet-embedder.ts';
import type { OnnxEmbedderOptions } from '../embed/onnx-embedder.ts';
import type { PixelFormat } from '../runtime/pixels-to-tensor.ts';
import {
  byKind,
  finiteNumber,
  flag,
  numberBetween,
  numberFrom,
  type OptionCheck,
  oneOf,
  optionsOf,
  text,
  that,
  wholeNumber,
} from './option-checks.ts';

/** They stand between slashes in the name of the embedding space. */
const nameInSpace = that(
  (value) => typeof value === 'string' && /^[\w.-]{1,100}$/.test(value),
  '1 to 100 letters, digits, dots, dashes and underscores',
);

/** Side of a chip, in pixels. */
export const chipSize = wholeNumber(16, 1024);

const template = that(
  (value) => value === 'dlib' || value === 'arcface' || isFivePoints(value),
  "'dlib' or 'arcface' or five points [x, y] in pixels of the chip",
);
const dlibChip = optionsOf<DlibChipShape>({ size: chipSize, template, padding: numberFrom(0, 2) }, ['size']);
const templateChip = optionsOf<TemplateChipShape>({ size: chipSize, template }, ['size']);

/** Only dlib's chip has a padding: other templates say where each point lies. */
export const checkChip: OptionCheck = (value, name) => {
  const hasTemplate = typeof value === 'object' && value !== null && 'template' in value && value.template !== 'dlib';
  (hasTemplate && value.template !== undefined ? templateChip : dlibChip)(value, name);
};

const pixels = optionsOf<PixelFormat>(
  {
    layout: oneOf(['nchw', 'nhwc']),
    channels: oneOf(['rgb', 'bgr']),
    mean: finiteNumber,
    scale: that((value) => Number.isFinite(value) && value !== 0, 'a number other than 0'),
  },
  ['layout', 'channels', 'mean', 'scale'],
);

export const checkEmbedder = byKind(
  {
    'dlib-resnet': optionsOf<DlibEmbedderOptions>({ kind: oneOf(['dlib-resnet']), quantisation: oneOf(['none', 'int8']) }),
    onnx: optionsOf<OnnxEmbedderOptions>(
      {
        kind: oneOf(['onnx']),
        file: text,
        model: nameInSpace,
        modelVersion: nameInSpace,
        dimension: wholeNumber(1, 16_384),
        chip: checkChip,
        pixels,
        normalise: flag,
        samePersonDistance: numberBetween(0, Number.POSITIVE_INFINITY),
      },
      ['kind', 'file', 'model', 'dimension', 'chip', 'pixels'],
    ),
  },
  'dlib-resnet',
);

function isFivePoints(value: unknown): boolean {
  const isPoint = (point: unknown) => Array.isArray(point) && point.length === 2 && point.every(Number.isFinite);
  return Array.isArray(value) && value.length === 5 && value.every(isPoint);
}
