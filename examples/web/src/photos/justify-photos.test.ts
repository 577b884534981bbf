import fc from 'fast-check';
import { expect, it } from 'vitest';
import { justifyPhotos } from './justify-photos.ts';

const photosArbitrary = fc.array(
  fc.record({ width: fc.integer({ min: 1, max: 20_000 }), height: fc.integer({ min: 1, max: 20_000 }) }),
  {
    maxLength: 60,
  },
);
const layoutArbitrary = fc.record({
  width: fc.integer({ min: 288, max: 2400 }),
  targetHeight: fc.integer({ min: 120, max: 320 }),
  gap: fc.integer({ min: 0, max: 12 }),
});

it('places every photo once and in order', () => {
  fc.assert(
    fc.property(photosArbitrary, layoutArbitrary, (photos, layout) => {
      const cells = justifyPhotos(photos, layout).flatMap((row) => row.cells);
      expect(cells.map((cell) => cell.photo)).toEqual(photos);
      expect(cells.map((cell) => cell.index)).toEqual(photos.map((_, index) => index));
    }),
  );
});

it('fills the width exactly in every row but the last, which never exceeds it', () => {
  fc.assert(
    fc.property(photosArbitrary, layoutArbitrary, (photos, layout) => {
      const rows = justifyPhotos(photos, layout);
      for (const [index, { cells }] of rows.entries()) {
        const filled = cells.reduce((total, cell) => total + cell.width, layout.gap * (cells.length - 1));
        if (index < rows.length - 1) expect(filled).toBeCloseTo(layout.width, 6);
        else expect(filled).toBeLessThanOrEqual(layout.width + 1e-6);
      }
    }),
  );
});

it('keeps the proportions of each photo', () => {
  const photos = [
    { width: 4000, height: 3000 },
    { width: 3000, height: 4000 },
    { width: 1920, height: 1080 },
  ];
  for (const { cells, height } of justifyPhotos(photos, { width: 900, targetHeight: 200, gap: 6 })) {
    for (const cell of cells) expect(cell.width / height).toBeCloseTo(cell.photo.width / cell.photo.height, 9);
  }
});

it('does not blow up a lone last photo', () => {
  const [row] = justifyPhotos([{ width: 300, height: 400 }], { width: 1200, targetHeight: 230, gap: 6 });
  expect(row?.height).toBe(230);
});

it('crops a panorama rather than giving it a sliver of a row', () => {
  const rows = justifyPhotos(
    [
      { width: 20_000, height: 1000 },
      { width: 4000, height: 3000 },
    ],
    { width: 1200, targetHeight: 230, gap: 6 },
  );
  for (const row of rows) expect(row.height).toBeGreaterThan(150);
});
