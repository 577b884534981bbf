import { Buffer } from 'node:buffer';
import { readDeltas } from './deltas.ts';

/**
 * The borders of the world's regions. They are kept as lines, each shared by the areas on its two sides; an area needs no order of its lines, since a
 * point is inside when a ray from it crosses them an odd number of times.
 *
 * Line `i` runs through the points `starts[i]` to `starts[i + 1]`, at `longitudes` and `latitudes` in steps of `BORDER_STEPS_PER_DEGREE`.
 */
export interface BorderTable {
  /** Names the data and its state. */
  source: string;
  areas: BorderArea[];
  starts: Uint32Array;
  longitudes: Int32Array;
  latitudes: Int32Array;
}

/** Where one region lies, or several whose borders among each other are not known. */
export interface BorderArea {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Rows of the `regions` of the place table that was built with it; empty where no place tells. */
  regions: number[];
  lines: number[];
}

/** The first line of the file; the columns length, longitude and latitude follow it. */
export interface BorderTableHeader extends Pick<BorderTable, 'source' | 'areas'> {
  lines: number;
  points: number;
  columnBytes: number[];
}

/** 11 m of latitude: finer than the lines themselves, which are drawn for maps of 1 : 10 million. */
export const BORDER_STEPS_PER_DEGREE = 10_000;

const LINE_FEED = 0x0a;

/** Reads the bytes that `scripts/build-places.ts` writes, after their decompression. */
export function readBorderTable(bytes: Uint8Array): BorderTable {
  const headerEnd = bytes.indexOf(LINE_FEED);
  const header = JSON.parse(Buffer.from(bytes.subarray(0, headerEnd)).toString()) as BorderTableHeader;
  let start = headerEnd + 1;
  const [length, longitude, latitude] = header.columnBytes.map((size) => {
    start += size;
    return bytes.subarray(start - size, start);
  }) as [Uint8Array, Uint8Array, Uint8Array];
  const starts = new Uint32Array(header.lines + 1);
  for (const [line, points] of readDeltas(length, header.lines).entries()) starts[line + 1] = starts[line]! + points;
  return {
    source: header.source,
    areas: header.areas,
    starts,
    longitudes: readDeltas(longitude, header.points),
    latitudes: readDeltas(latitude, header.points),
  };
}
