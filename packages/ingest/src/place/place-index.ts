import { distance } from 'geokdbush';
import KDBush from 'kdbush';
import type { PlaceTable } from './place-table.ts';

/** Rows of a place table that can be found by position. */
export interface PlaceIndex {
  /** The rows that are in it. */
  readonly rows: readonly number[];
  /** Rows at most so far from a position, with their distance, in no order. Works across the antimeridian and at the poles. */
  within(longitude: number, latitude: number, km: number, accept: (row: number) => boolean): NearPlace[];
}

export interface NearPlace {
  row: number;
  km: number;
}

/** Kilometres of a degree of latitude, a little less than anywhere on earth. */
const KM_PER_DEGREE = 110.5;

/** The places per leaf of the tree; 16 is a good trade between the height of the tree and the look at its leaves. */
const NODE_SIZE = 16;

/**
 * Indexes the rows of a table that are accepted.
 *
 * Looks through boxes of degrees and not by `around` of geokdbush, which walks the whole earth when its predicate accepts nothing near.
 */
export function createPlaceIndex({ longitudes, latitudes }: PlaceTable, accept: (row: number) => boolean): PlaceIndex {
  const rows = Array.from(longitudes.keys()).filter(accept);
  const index = new KDBush(rows.length, NODE_SIZE, Float32Array);
  for (const row of rows) index.add(longitudes[row]!, latitudes[row]!);
  index.finish();
  return {
    rows,
    within: (longitude, latitude, km, isWanted) =>
      boxesAround(longitude, latitude, km).flatMap(([west, south, east, north]) =>
        index
          .range(west, south, east, north)
          .map((entry) => rows[entry]!)
          .filter(isWanted)
          .map((row) => ({ row, km: distance(longitude, latitude, longitudes[row]!, latitudes[row]!) }))
          .filter((place) => place.km <= km),
      ),
  };
}

type Box = [west: number, south: number, east: number, north: number];

/** Boxes of degrees that hold everything within a distance: two where it crosses the antimeridian, the whole turn about a pole. */
function boxesAround(longitude: number, latitude: number, km: number): Box[] {
  const height = km / KM_PER_DEGREE;
  const [south, north] = [latitude - height, latitude + height];
  const widest = Math.max(Math.abs(south), Math.abs(north));
  const width = widest >= 90 ? 180 : height / Math.cos((widest * Math.PI) / 180);
  if (width >= 180) return [[-180, south, 180, north]];
  const [west, east] = [longitude - width, longitude + width];
  if (west < -180)
    return [
      [-180, south, east, north],
      [west + 360, south, 180, north],
    ];
  if (east > 180)
    return [
      [west, south, 180, north],
      [-180, south, east - 360, north],
    ];
  return [[west, south, east, north]];
}
