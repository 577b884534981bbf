import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CropRectangle, cropsOf } from './crop-rectangle.ts';
import { placeRegions } from './region-placement.ts';
import type { Share } from './region-share.ts';

const CROP: CropRectangle = { left: 0.25, top: 0.1, right: 0.75, bottom: 0.9, angle: 0, isApplied: true };
/** In the middle of a picture. */
const FACE: Share = { x: 0.45, y: 0.4, width: 0.1, height: 0.2 };

function rounded({ x, y, width, height }: Share): number[] {
  return [x, y, width, height].map((side) => Math.round(side * 1000) / 1000);
}

function place(
  drawnOn: [number, number],
  stored: [number, number],
  crop: CropRectangle | null,
  orientation = 1,
  statedOrientation?: number,
) {
  const [width, height] = drawnOn;
  const [storedWidth, storedHeight] = stored;
  const placement = placeRegions({ width, height }, { storedWidth, storedHeight, orientation, statedOrientation }, crop);
  return placement && rounded(placement.toUpright(FACE));
}

const IN_CROP = [0.4, 0.375, 0.2, 0.25];
const OUT_OF_CROP = [0.475, 0.42, 0.05, 0.16];

describe('placeRegions', () => {
  it.each([
    {
      desc: 'the whole picture, of which this is the crop',
      drawnOn: [4000, 3000],
      stored: [2000, 2400],
      crop: CROP,
      share: IN_CROP,
    },
    { desc: 'the same, scaled', drawnOn: [4000, 3000], stored: [500, 600], crop: CROP, share: IN_CROP },
    { desc: 'this picture, cropped before', drawnOn: [2000, 2400], stored: [2000, 2400], crop: CROP, share: rounded(FACE) },
    {
      desc: 'the crop, of a file that has the whole',
      drawnOn: [2000, 2400],
      stored: [4000, 3000],
      crop: { ...CROP, isApplied: false },
      share: OUT_OF_CROP,
    },
    {
      desc: 'the whole, of a file that has it',
      drawnOn: [4000, 3000],
      stored: [4000, 3000],
      crop: { ...CROP, isApplied: false },
      share: rounded(FACE),
    },
    { desc: 'a RAW file with a border', drawnOn: [6000, 4000], stored: [6016, 4016], crop: null, share: rounded(FACE) },
    { desc: 'another cut than the one that is stated', drawnOn: [4000, 3000], stored: [2000, 2000], crop: CROP, share: null },
    {
      desc: 'the picture of a crop that keeps the ratio, scaled: either may be meant',
      drawnOn: [4000, 3000],
      stored: [1000, 750],
      crop: { ...CROP, top: 0.25, bottom: 0.75 },
      share: null,
    },
    {
      desc: 'the same in its full size: cut since',
      drawnOn: [4000, 3000],
      stored: [2000, 1500],
      crop: { ...CROP, top: 0.25, bottom: 0.75 },
      share: [0.4, 0.3, 0.2, 0.4],
    },
  ] as const)('$desc', ({ drawnOn, stored, crop, share }) => {
    expect(place([...drawnOn], [...stored], crop)).toEqual(share);
  });

  it('turns what was drawn before the picture was, where metadata still states that turn', () => {
    expect(place([4000, 3000], [3000, 4000], null, 1, 6)).toEqual([0.4, 0.45, 0.2, 0.1]);
    expect(place([4000, 3000], [3000, 4000], null, 1)).toBeNull();
    expect(place([4000, 3000], [3000, 4000], null, 1, 3)).toBeNull();
  });

  it('goes into a turned crop and out of it alike, whichever way its angle is read', () => {
    const angles = fc.double({ min: -45, max: 45, noNaN: true });
    fc.assert(
      fc.property(angles, (angle) => {
        for (const picture of cropsOf({ width: 4000, height: 3000 }, { ...CROP, angle })) {
          expect(rounded(picture.outOf(picture.into(FACE)))).toEqual(rounded(FACE));
          // Corners are corners.
          const corner = picture.into({ x: CROP.left, y: CROP.top, width: 0, height: 0 });
          const opposite = picture.into({ x: CROP.right, y: CROP.bottom, width: 0, height: 0 });
          expect([...rounded(corner), ...rounded(opposite)].map((side) => side + 0)).toEqual([0, 0, 0, 0, 1, 1, 0, 0]);
        }
      }),
    );
  });

  it('knows by the sizes which way a crop is turned', () => {
    const crop = { left: 0.2, top: 0.1, right: 0.8, bottom: 0.8, angle: 5, isApplied: true };
    for (const { width, height, into } of cropsOf({ width: 4000, height: 3000 }, crop)) {
      expect(place([4000, 3000], [Math.round(width), Math.round(height)], crop)).toEqual(rounded(into(FACE)));
    }
  });
});
