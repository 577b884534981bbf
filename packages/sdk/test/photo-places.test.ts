import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPhotos } from '../src/catalog/photos.ts';
import type { GeoBox } from '../src/index.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { newId } from '../src/values/new-id.ts';
import { openSampleLibrary } from './support/sample-library.ts';
import { sampleAnalyzed } from './support/sample-photos.ts';

type Position = readonly [latitude: number, longitude: number];

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

async function photosAt(positions: readonly (Position | null)[]) {
  const { context } = await openSampleLibrary(opened.context);
  const photos = createPhotos(context);
  await photos.saveAnalyzed(
    positions.map((position) => {
      const analyzed = sampleAnalyzed(newId(), []);
      const [latitude, longitude] = position ?? [null, null];
      return { ...analyzed, photo: { ...analyzed.photo, latitude, longitude } };
    }),
  );
  return photos;
}

const latitude = fc.double({ min: -90, max: 90, noNaN: true });
const longitude = fc.double({ min: -180, max: 180, noNaN: true });
const positions = fc.array(fc.option(fc.tuple(latitude, longitude)), { minLength: 1, maxLength: 30 });
const areas = fc
  .tuple(latitude, latitude, longitude, longitude)
  .map(([a, b, west, east]): GeoBox => ({ south: Math.min(a, b), north: Math.max(a, b), west, east }));

function isIn({ south, west, north, east }: GeoBox, [latitude, longitude]: Position): boolean {
  const isBetween = west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east;
  return latitude >= south && latitude <= north && isBetween;
}

test('every photo with a position is in one cluster, at any zoom and in any part of the map', async () => {
  await fc.assert(
    fc.asyncProperty(positions, areas, fc.nat(22), async (positions, area, zoom) => {
      const photos = await photosAt(positions);
      const placed = positions.flatMap((position) => (position && isIn(area, position) ? [position] : []));
      const { total, clusters } = await photos.places({ zoom, area });
      expect(total).toBe(placed.length);
      expect((await photos.list({ area })).total).toBe(placed.length);
      for (const cluster of clusters) {
        const inside = placed.filter((position) => isIn(cluster.area, position));
        expect(inside.length).toBeGreaterThanOrEqual(cluster.photos);
        expect(cluster.latitude).toBeCloseTo(Math.min(cluster.area.north, Math.max(cluster.area.south, cluster.latitude)), 6);
        expect(cluster.longitude).toBeCloseTo(Math.min(cluster.area.east, Math.max(cluster.area.west, cluster.longitude)), 6);
      }
    }),
    { numRuns: 25 },
  );
});

test('what lies together from afar comes apart near by', async () => {
  const [louvre, orsay, rome] = [
    [48.8606, 2.3376],
    [48.86, 2.3266],
    [41.9028, 12.4964],
  ] as const;
  const photos = await photosAt([louvre, louvre, orsay, rome, null]);
  const sizesAt = async (zoom: number) => (await photos.places({ zoom })).clusters.map((cluster) => cluster.photos);
  expect(await sizesAt(0)).toEqual([4]);
  expect(await sizesAt(6)).toEqual([3, 1]);
  expect(await sizesAt(15)).toEqual([2, 1, 1]);
});

test.each([
  { zoom: 23 },
  { zoom: 1.5 },
  { zoom: 3, area: { south: 10, north: 0, west: 0, east: 1 } },
  { zoom: 3, area: { south: 0, north: 91, west: 0, east: 1 } },
  { zoom: 3, area: { south: 0, north: 1, west: 0 } as GeoBox },
])('refuses $zoom, $area', async (options) => {
  const photos = await photosAt([]);
  await expect(photos.places(options)).rejects.toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});
