import { expect, test } from 'vitest';
import { mapToDlibBox } from './map-to-dlib-box.ts';

test("shifts and side are in units of the geometric mean of the box's sides", () => {
  const box = { left: 100, top: 200, right: 140, bottom: 290 }; // 40 x 90: unit 60
  expect(mapToDlibBox(box, { centerShiftX: 0.1, centerShiftY: -0.05, side: 1.5 })).toEqual({
    left: 81,
    top: 197,
    right: 170,
    bottom: 286,
  });
});

test('the smallest box still covers a pixel', () => {
  const box = { left: 5, top: 5, right: 5.1, bottom: 5.1 };
  const { left, right, top, bottom } = mapToDlibBox(box, { centerShiftX: 0, centerShiftY: 0, side: 1 });
  expect([right - left, bottom - top]).toEqual([0, 0]);
});
