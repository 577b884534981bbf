import type { Position } from 'geojson';
import type { BorderArea } from '../../src/place/border-table.ts';
import type { PlaceRegion } from '../../src/place/place-table.ts';
import type { DrawnLines } from './draw-lines.ts';
import type { Division } from './read-borders.ts';

/**
 * Joins the divisions that belong to the same regions into one area, without the lines inside it.
 *
 * @param regionsOf of each division
 */
export function joinAreas(
  divisions: readonly Division[],
  { lines, around }: DrawnLines,
  regionsOf: readonly (readonly number[])[],
  regions: readonly PlaceRegion[],
): { areas: BorderArea[]; lines: Position[][] } {
  const parts = divisions.flatMap((division, index) => {
    const all = regionsOf[index]!;
    const countries = all.length === 0 ? [division.properties.iso_a2] : new Set(all.map((id) => regions[id]!.country));
    return [...countries].map((country) => ({
      country,
      regions: all.filter((id) => regions[id]!.country === country),
      lines: around[index]!,
    }));
  });
  const areas = [...Map.groupBy(parts, ({ country, regions }) => `${country} ${regions}`).values()].map((joined) => ({
    ...joined[0]!,
    lines: onOneSideOnly(joined.flatMap((part) => part.lines)),
  }));
  const kept = [...new Set(areas.flatMap((area) => area.lines))].sort((a, b) => a - b);
  const numbers = new Map(kept.map((line, number) => [line, number]));
  return {
    areas: areas.map((area) => ({ ...area, lines: area.lines.map((line) => numbers.get(line)!) })),
    lines: kept.map((line) => lines[line]!),
  };
}

/** A line that two parts of an area share lies inside it. */
function onOneSideOnly(lines: readonly number[]): number[] {
  const odd = new Set<number>();
  for (const line of lines) if (!odd.delete(line)) odd.add(line);
  return [...odd].sort((a, b) => a - b);
}
