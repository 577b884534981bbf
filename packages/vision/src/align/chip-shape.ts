import type { Landmark } from '../landmark.ts';
import type { ChipShape, DlibChipShape } from '../options/chip-options.ts';

/** Side of the square face chip in pixels, as dlib's network takes it. */
export const CHIP_SIZE = 150;

/** Part of the chip's inner square left free on each side, as Python face_recognition and dlib's example choose it. */
export const CHIP_PADDING = 0.25;

export const DLIB_CHIP = { size: CHIP_SIZE, padding: CHIP_PADDING } as const satisfies DlibChipShape;

// Where dlib's mean face has the five points, in the order of the predictor, relative to the unpadded chip:
// http://dlib.net/dlib/image_transforms/interpolation.h.html (get_face_chip_details)
const MEAN_FACE: readonly Landmark[] = [
  [0.8595674595992, 0.2134981538014],
  [0.6460604764104, 0.2289674387677],
  [0.1205750620789, 0.2137274526848],
  [0.3340850613712, 0.2290642403242],
  [0.4901123135679, 0.6277975316475],
];

/** Side of the chips that ArcFace's template is published for. */
const ARCFACE_SIZE = 112;

/**
 * Where dlib's five points lie in chips that are cut by ArcFace's own: least squares over 380 faces. With them two networks of that
 * kind told 98.7 % of LFW's pairs apart, with dlib's chip of padding 0.25 only 87.7 % and 85.9 %. They are part of what the embedding
 * space `dlib-5-arcface-112` means: others would need another name.
 */
const ARCFACE_POINTS: readonly Landmark[] = [
  [79.75, 52.73],
  [66.03, 53.26],
  [31.22, 53.05],
  [44.94, 53.42],
  [55.51, 79.96],
];

/** Where the five points of an upright face come to lie in the chip, in its pixels. */
export function templatePoints(chip: ChipShape): readonly Landmark[] {
  const { size, template = 'dlib' } = chip;
  if (template === 'arcface') return scalePoints(ARCFACE_POINTS, size / ARCFACE_SIZE);
  if (template !== 'dlib') return template;
  const { padding = CHIP_PADDING } = chip as DlibChipShape;
  return MEAN_FACE.map(([x, y]) => [((padding + x) / (2 * padding + 1)) * size, ((padding + y) / (2 * padding + 1)) * size]);
}

/** What the alignment is called in the name of an embedding space: equal names bring equal faces to equal places. */
export function alignmentName(chip: ChipShape): string {
  const { size, template = 'dlib' } = chip;
  if (template === 'arcface') return `dlib-5-arcface-${size}`;
  if (template !== 'dlib') return `dlib-5-points-${size}-${template.flat().join('_')}`;
  const { padding = CHIP_PADDING } = chip as DlibChipShape;
  return `dlib-5-chip-${size}-${padding}`;
}

function scalePoints(points: readonly Landmark[], factor: number): Landmark[] {
  return points.map(([x, y]) => [x * factor, y * factor]);
}
