import { Buffer } from 'node:buffer';
import { readDeltas } from './deltas.ts';

/**
 * The populated places of the world as columns: 1.8 MB in memory, where an object each would take 30 MB.
 *
 * Row `i` lies at `longitudes[i]`, `latitudes[i]` (degrees) in `regions[regionOf[i]]`. A row of size 0 is a section of a city or another
 * point that only tells which region is where; it has no name.
 */
export interface PlaceTable {
  /** Names the data and its state, e.g. `geonames-1.1.64`. */
  source: string;
  /** ISO 3166-1 alpha-2 codes to English names. */
  countries: Record<string, string>;
  regions: PlaceRegion[];
  longitudes: Float32Array;
  latitudes: Float32Array;
  regionOf: Uint16Array;
  /** Step of population, see `populationOf`; 0 for a place that is no town. */
  sizes: Uint8Array;
  nameOf(place: number): string;
}

/** A first-level division: a state, province, Land or prefecture. */
export interface PlaceRegion {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Empty where the country has no divisions. */
  name: string;
}

/** The first line of the file; the columns follow it, each as long as it says. */
export interface PlaceTableHeader extends Pick<PlaceTable, 'source' | 'countries' | 'regions'> {
  rows: number;
  /** Bytes of the columns region, longitude, latitude, size and name. */
  columnBytes: number[];
}

/** Stored coordinates are thousandths of a degree: 110 m, less than anyone can say where the centre of a town is. */
export const STEPS_PER_DEGREE = 1000;

/** Four steps of size to each doubling of the population: within 10 %. */
const STEPS_PER_DOUBLING = 4;

export function sizeOfPopulation(population: number): number {
  return 1 + Math.round(STEPS_PER_DOUBLING * Math.log2(1 + population));
}

export function populationOf(size: number): number {
  return 2 ** ((size - 1) / STEPS_PER_DOUBLING) - 1;
}

const LINE_FEED = 0x0a;

/** Reads the bytes that `scripts/build-places.ts` writes, after their decompression. */
export function readPlaceTable(bytes: Uint8Array): PlaceTable {
  const headerEnd = bytes.indexOf(LINE_FEED);
  const header = JSON.parse(Buffer.from(bytes.subarray(0, headerEnd)).toString()) as PlaceTableHeader;
  let start = headerEnd + 1;
  const columns = header.columnBytes.map((length) => {
    start += length;
    return bytes.subarray(start - length, start);
  });
  const [region, longitude, latitude, size, name] = columns as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const { source, countries, regions, rows } = header;
  return {
    source,
    countries,
    regions,
    regionOf: Uint16Array.from(readDeltas(region, rows)),
    longitudes: Float32Array.from(readDeltas(longitude, rows), (steps) => steps / STEPS_PER_DEGREE),
    latitudes: Float32Array.from(readDeltas(latitude, rows), (steps) => steps / STEPS_PER_DEGREE),
    sizes: size,
    nameOf: lineReader(name, rows),
  };
}

/** Lines are made into text when they are asked for: nobody has been to 130,000 towns. */
function lineReader(bytes: Uint8Array, lines: number): (line: number) => string {
  const starts = new Uint32Array(lines + 1);
  for (let line = 1; line <= lines; line++) starts[line] = bytes.indexOf(LINE_FEED, starts[line - 1]) + 1;
  return (line) => Buffer.from(bytes.subarray(starts[line]!, starts[line + 1]! - 1)).toString();
}
