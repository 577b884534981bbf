import { type ChipShape, checkChip } from './chip-options.ts';
import { byKind, flag, numberBetween, oneOf, optionsOf, text, that, wholeNumber } from './option-checks.ts';
import { checkPixelFormat, type PixelFormat } from './pixel-format.ts';

/** How precisely dlib's network is computed. */
export type DlibQuantisation = 'none' | 'int8';

/** dlib's face recognition network, which comes with the package. */
export interface DlibEmbedderOptions {
  kind?: 'dlib-resnet';
  /** 'int8' takes half the time and a quarter of the size, in an embedding space of its own; default 'none'. */
  quantisation?: DlibQuantisation;
}

/** An embedding network of your own, as an ONNX file with one input and one output. */
export interface OnnxEmbedderOptions {
  kind: 'onnx';
  /** Path of the .onnx file. */
  file: string;
  /** Name of the network, part of the embedding space's name. */
  model: string;
  /** Default '1'. */
  modelVersion?: string;
  /** Numbers in an embedding. */
  dimension: number;
  /** The face chip that the network was trained on; for ArcFace and most networks since `{ size: 112, template: 'arcface' }`. */
  chip: ChipShape;
  pixels: PixelFormat;
  /** Whether to scale embeddings to length 1, which most networks but dlib's expect; default false. */
  normalise?: boolean;
  /** L2 distance below which two faces are usually one person; a library that starts with this network goes by it. Default: dlib's 0.6. */
  samePersonDistance?: number;
}

export type EmbedderOptions = DlibEmbedderOptions | OnnxEmbedderOptions;

/** They stand between slashes in the name of the embedding space. */
const nameInSpace = that(
  (value) => typeof value === 'string' && /^[\w.-]{1,100}$/.test(value),
  '1 to 100 letters, digits, dots, dashes and underscores',
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
        pixels: checkPixelFormat,
        normalise: flag,
        samePersonDistance: numberBetween(0, Number.POSITIVE_INFINITY),
      },
      ['kind', 'file', 'model', 'dimension', 'chip', 'pixels'],
    ),
  },
  'dlib-resnet',
);
