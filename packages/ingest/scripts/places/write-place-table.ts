import { Buffer } from 'node:buffer';
import { type PlaceTableHeader, STEPS_PER_DEGREE, sizeOfPopulation } from '../../src/place/place-table.ts';
import { countryNames } from './country-names.ts';
import type { JoinedPlace } from './join-geonames.ts';
import type { GeoNames } from './read-geonames.ts';
import { writeDeltas } from './write-deltas.ts';

/** The bytes that `readPlaceTable` reads. Rows are sorted by region and place, which makes the columns small. */
export function writePlaceTable(
  places: JoinedPlace[],
  { divisionNames, packages }: Pick<GeoNames, 'divisionNames' | 'packages'>,
): Buffer {
  const keys = new Map(places.map((place) => [place, regionKey(place, divisionNames)]));
  const rows = places.toSorted((a, b) => {
    return compare(keys.get(a)!, keys.get(b)!) || a.longitude - b.longitude || a.latitude - b.latitude || compare(a.name, b.name);
  });
  const regionKeys = [...new Set(rows.map((row) => keys.get(row)!))];
  const regionIds = new Map(regionKeys.map((key, id) => [key, id]));
  const columns = [
    writeDeltas(rows.map((row) => regionIds.get(keys.get(row)!)!)),
    writeDeltas(rows.map(({ longitude }) => Math.round(longitude * STEPS_PER_DEGREE))),
    writeDeltas(rows.map(({ latitude }) => Math.round(latitude * STEPS_PER_DEGREE))),
    Buffer.from(rows.map(({ population }) => (population === null ? 0 : sizeOfPopulation(population)))),
    Buffer.from(rows.map(({ name, population }) => `${population === null ? '' : name}\n`).join('')),
  ];
  const header: PlaceTableHeader = {
    source: `geonames-${packages.current.split('@')[1]}`,
    countries: countryNames(),
    regions: regionKeys.map((key) => ({ country: key.slice(0, 2), name: divisionNames.get(key) ?? '' })),
    rows: rows.length,
    columnBytes: columns.map((column) => column.length),
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...columns]);
}

/** `FR.11`, or `VA` where GeoNames knows no division of that code. */
function regionKey({ country, division }: JoinedPlace, divisionNames: ReadonlyMap<string, string>): string {
  const key = `${country}.${division}`;
  return divisionNames.has(key) ? key : country;
}

/** By code units, so that no machine's locale decides the bytes. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
