import { describe, expect, it } from 'vitest';
import { writeBorderTable } from '../../scripts/places/write-border-table.ts';
import { BORDER_STEPS_PER_DEGREE, type BorderArea, readBorderTable } from './border-table.ts';
import { createBorders, NEAR_BORDER_KM } from './borders.ts';

/**
 * Two squares of a degree side by side on the equator, which share the line in the middle; the eastern one has a hole. Region 2 is far away in the
 * same country.
 */
const POINTS: [longitude: number, latitude: number][][] = [
  [
    [11, 0],
    [11, 1],
  ],
  [
    [11, 1],
    [10, 1],
    [10, 0],
    [11, 0],
  ],
  [
    [11, 0],
    [12, 0],
    [12, 1],
    [11, 1],
  ],
  [
    [11.4, 0.4],
    [11.6, 0.4],
    [11.6, 0.6],
    [11.4, 0.6],
    [11.4, 0.4],
  ],
  [
    [50, 50],
    [51, 50],
    [51, 51],
    [50, 50],
  ],
];
const AREAS: BorderArea[] = [
  { country: 'AA', regions: [0], lines: [0, 1] },
  { country: 'AA', regions: [1], lines: [0, 2, 3] },
  { country: 'AA', regions: [2], lines: [4] },
  { country: 'BB', regions: [3], lines: [3] },
];
const lines = POINTS.map((line) => line.map((point) => point.map((degrees) => degrees * BORDER_STEPS_PER_DEGREE)));
const borders = createBorders(readBorderTable(writeBorderTable({ areas: AREAS, lines }, 'drawn@1.0.0')));

describe('Borders', () => {
  it.each([
    { desc: 'a square', at: [10.5, 0.5], country: 'AA', region: 0, km: NEAR_BORDER_KM },
    { desc: 'the other, across the shared line', at: [11.2, 0.5], country: 'AA', region: 1, km: NEAR_BORDER_KM },
    { desc: 'the hole, by its own country', at: [11.5, 0.5], country: 'BB', region: 3, km: NEAR_BORDER_KM },
    { desc: 'the hole, by the country around it', at: [11.5, 0.59], country: 'AA', region: 1, km: 0 },
    { desc: 'water off the coast', at: [9.9, 0.5], country: 'AA', region: 0, km: 0 },
    { desc: 'the high seas', at: [9, 0.5], country: 'AA', region: undefined, km: undefined },
    { desc: 'a country that it does not know', at: [10.5, 0.5], country: 'CC', region: undefined, km: undefined },
  ])('finds the area of $desc', ({ at: [longitude, latitude], country, region, km }) => {
    const found = borders.areaAt(longitude!, latitude!, country);
    expect(found?.area.regions[0]).toBe(region);
    expect(found?.kmToBorder).toBe(km);
  });

  it('says how far a border is, when it is near', () => {
    expect(borders.areaAt(10.99, 0.5, 'AA')).toMatchObject({ area: { regions: [0] } });
    expect(borders.areaAt(10.99, 0.5, 'AA')!.kmToBorder).toBeCloseTo(1.11, 2);
  });
});
