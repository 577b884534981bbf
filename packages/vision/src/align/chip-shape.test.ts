import { describe, expect, test } from 'vitest';
import type { Landmark } from '../landmark.ts';
import type { ChipShape } from '../options/chip-options.ts';
import { alignmentName, templatePoints } from './chip-shape.ts';
import { findFaceChipRect } from './face-chip-rect.ts';

const OWN_POINTS: Landmark[] = [
  [90, 40],
  [70, 40],
  [20, 40],
  [40, 40],
  [55, 70.5],
];

const SHAPES: { desc: string; chip: ChipShape; name: string }[] = [
  { desc: "dlib's chip", chip: { size: 150, padding: 0.25 }, name: 'dlib-5-chip-150-0.25' },
  { desc: "dlib's chip by its defaults", chip: { size: 150 }, name: 'dlib-5-chip-150-0.25' },
  { desc: "dlib's chip, smaller and tighter", chip: { size: 112, template: 'dlib', padding: 0.1 }, name: 'dlib-5-chip-112-0.1' },
  { desc: "ArcFace's chip", chip: { size: 112, template: 'arcface' }, name: 'dlib-5-arcface-112' },
  { desc: "ArcFace's chip, larger", chip: { size: 224, template: 'arcface' }, name: 'dlib-5-arcface-224' },
  {
    desc: 'a chip by points of its own',
    chip: { size: 112, template: OWN_POINTS },
    name: 'dlib-5-points-112-90_40_70_40_20_40_40_40_55_70.5',
  },
];

describe.each(SHAPES)('$desc', ({ chip, name }) => {
  test('is named in the embedding space', () => {
    expect(alignmentName(chip)).toBe(name);
  });

  test('is cut as it is from a face whose points lie where it wants them', () => {
    const { centerX, centerY, size, angle } = findFaceChipRect(templatePoints(chip), chip);
    expect([centerX, centerY]).toEqual([expect.closeTo(chip.size / 2), expect.closeTo(chip.size / 2)]);
    expect([size, angle]).toEqual([expect.closeTo(chip.size), expect.closeTo(0)]);
  });

  test('is turned and scaled back from a face that is turned and scaled', () => {
    // A quarter turn clockwise on screen, twice as large, moved by (300, 100).
    const turned = templatePoints(chip).map(([x, y]): Landmark => [300 - 2 * y, 100 + 2 * x]);
    const { centerX, centerY, size, angle } = findFaceChipRect(turned, chip);
    expect([centerX, centerY]).toEqual([expect.closeTo(300 - chip.size), expect.closeTo(100 + chip.size)]);
    expect([size, angle]).toEqual([expect.closeTo(2 * chip.size), expect.closeTo(Math.PI / 2)]);
  });
});

test("ArcFace's template scales with the chip", () => {
  const [rightOuterCorner] = templatePoints({ size: 224, template: 'arcface' });
  expect(rightOuterCorner).toEqual([159.5, 105.46]);
});
