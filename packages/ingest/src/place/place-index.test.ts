import fc from 'fast-check';
import { distance } from 'geokdbush';
import { expect, it } from 'vitest';
import { createPlaceIndex } from './place-index.ts';
import type { PlaceTable } from './place-table.ts';

const longitude = fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, 180, 179.99, -179.99, 0));
const latitude = fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-90, 90, 89.9, -89.9, 0));
const point = fc.record({ longitude, latitude });

function tableOf(points: { longitude: number; latitude: number }[]): PlaceTable {
  return {
    source: 'test',
    countries: {},
    regions: [],
    longitudes: Float32Array.from(points, (place) => place.longitude),
    latitudes: Float32Array.from(points, (place) => place.latitude),
    regionOf: new Uint16Array(points.length),
    sizes: new Uint8Array(points.length),
    nameOf: String,
  };
}

it('finds what a look at every place finds, at the poles and across the antimeridian too', () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 60 }), point, fc.double({ min: 1, max: 5_000, noNaN: true }), (points, from, km) => {
      const table = tableOf(points);
      const expected = points
        .map((_, row) => ({ row, km: distance(from.longitude, from.latitude, table.longitudes[row]!, table.latitudes[row]!) }))
        .filter((place) => place.km <= km);
      const found = createPlaceIndex(table, () => true).within(from.longitude, from.latitude, km, () => true);
      expect(found.toSorted((a, b) => a.row - b.row)).toEqual(expected);
    }),
  );
});

it('finds only rows that are in it and wanted', () => {
  const table = tableOf([
    { longitude: 0, latitude: 0 },
    { longitude: 0.1, latitude: 0 },
    { longitude: 0.2, latitude: 0 },
  ]);
  const index = createPlaceIndex(table, (row) => row > 0);
  expect(index.rows).toEqual([1, 2]);
  expect(index.within(0, 0, 100, (row) => row !== 2).map(({ row }) => row)).toEqual([1]);
});
