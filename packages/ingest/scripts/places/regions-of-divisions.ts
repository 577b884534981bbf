import { readBorderTable } from '../../src/place/border-table.ts';
import { createBorders, NEAR_BORDER_KM } from '../../src/place/borders.ts';
import type { PlaceTable } from '../../src/place/place-table.ts';
import type { DrawnLines } from './draw-lines.ts';
import { writeBorderTable } from './write-border-table.ts';

/** A region has part in a division when this share of its sure places says so, and not a single place put wrong. */
const LEAST_SHARE = 0.02;
const LEAST_SURE_PLACES = 2;

/**
 * Which regions of GeoNames lie in each division of Natural Earth, told by the places in it that are not so near to its border that it may be drawn on
 * the wrong side of them. The two cut the world differently: the 232 divisions of the United Kingdom are parts of four regions, and where a country was
 * divided anew a division holds several.
 */
export function regionsOfDivisions({ lines, around }: DrawnLines, table: PlaceTable): number[][] {
  const areas = around.map((own, division) => ({ country: '', regions: [division], lines: own }));
  const borders = createBorders(readBorderTable(writeBorderTable({ areas, lines }, '')));
  const places = around.map(() => new Map<number, PlaceCount>());
  for (const [row, region] of table.regionOf.entries()) {
    const found = borders.areaAt(table.longitudes[row]!, table.latitudes[row]!, '');
    if (!found) continue;
    const counts = places[found.area.regions[0]!]!;
    const { all, sure } = counts.get(region) ?? { all: 0, sure: 0 };
    counts.set(region, { all: all + 1, sure: sure + (found.kmToBorder < NEAR_BORDER_KM ? 0 : 1) });
  }
  return places.map(regionsOf);
}

interface PlaceCount {
  all: number;
  sure: number;
}

function regionsOf(places: ReadonlyMap<number, PlaceCount>): number[] {
  const hasSure = [...places.values()].some(({ sure }) => sure > 0);
  const counts = [...places].map(([region, { all, sure }]) => ({ region, count: hasSure ? sure : all }));
  const most = Math.max(...counts.map(({ count }) => count));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const least = Math.max(LEAST_SHARE * total, hasSure ? LEAST_SURE_PLACES : 1);
  return counts
    .filter(({ count }) => count >= least || count === most)
    .map(({ region }) => region)
    .sort((a, b) => a - b);
}
