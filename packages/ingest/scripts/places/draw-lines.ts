import type { MultiPolygon, Position } from 'geojson';
import { topology } from 'topojson-server';
import type { MultiPolygon as TopologyMultiPolygon } from 'topojson-specification';
import { BORDER_STEPS_PER_DEGREE } from '../../src/place/border-table.ts';
import type { Division } from './read-borders.ts';

export interface DrawnLines {
  /** Points in steps of `BORDER_STEPS_PER_DEGREE`. */
  lines: Position[][];
  /** The lines around each division. */
  around: number[][];
}

/** Takes the borders of divisions apart into lines, each of which is there once for the two divisions on its sides. */
export function drawLines(divisions: readonly Division[]): DrawnLines {
  const { arcs, objects } = topology(Object.fromEntries(divisions.map((division, index) => [index, inSteps(division)])));
  return {
    lines: arcs,
    around: divisions.map((_, index) =>
      (objects[index] as TopologyMultiPolygon).arcs.flat(2).map((line) => (line < 0 ? ~line : line)),
    ),
  };
}

function inSteps({ geometry }: Division): MultiPolygon {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const toSteps = (position: Position) => position.map((degrees) => Math.round(degrees * BORDER_STEPS_PER_DEGREE));
  return { type: 'MultiPolygon', coordinates: polygons.map((rings) => rings.map((ring) => ring.map(toSteps))) };
}
