import { BORDER_STEPS_PER_DEGREE, type BorderArea, type BorderTable } from './border-table.ts';

/** Finds the area of a position by its borders. */
export interface Borders {
  /** The area of the country that a position lies in, or the one whose border is nearest, at most `MAX_KM_OFF_BORDER` away. */
  areaAt(longitude: number, latitude: number, country: string): FoundArea | undefined;
}

export interface FoundArea {
  area: BorderArea;
  /** Kilometres to its nearest border, of no more than is asked for: 0 up to `NEAR_BORDER_KM`, else that. */
  kmToBorder: number;
}

/** Coasts are drawn roughly and piers not at all; territorial waters reach 22 km. */
const MAX_KM_OFF_BORDER = 30;

/** Beyond this, how far a border is does not matter. */
export const NEAR_BORDER_KM = 2;

const KM_PER_STEP = 111.2 / BORDER_STEPS_PER_DEGREE;

/** West, south, east, north in steps. */
type Box = [west: number, south: number, east: number, north: number];

export function createBorders(table: BorderTable): Borders {
  const lineBoxes = Array.from({ length: table.starts.length - 1 }, (_, line) => boxOfLine(table, line));
  const areas = Map.groupBy(
    table.areas.map((area) => ({ area, box: area.lines.map((line) => lineBoxes[line]!).reduce(around) })),
    ({ area }) => area.country,
  );

  /** An odd number of lines lies to the east of what is inside. */
  const contains = ({ lines }: BorderArea, x: number, y: number): boolean => {
    let isInside = false;
    for (const line of lines) {
      const [, south, east, north] = lineBoxes[line]!;
      if (y >= south && y <= north && x <= east && crossesRay(table, line, x, y)) isInside = !isInside;
    }
    return isInside;
  };

  const kmToBorder = ({ lines }: BorderArea, x: number, y: number, maxKm: number): number => {
    let nearest = maxKm;
    for (const line of lines) {
      if (isWithin(lineBoxes[line]!, x, y, nearest)) nearest = Math.min(nearest, kmToLine(table, line, x, y));
    }
    return nearest;
  };

  return {
    areaAt(longitude, latitude, country) {
      const x = longitude * BORDER_STEPS_PER_DEGREE;
      const y = latitude * BORDER_STEPS_PER_DEGREE;
      const near = (areas.get(country) ?? []).filter(({ box }) => isWithin(box, x, y, MAX_KM_OFF_BORDER));
      const around = near.find(({ area, box }) => isWithin(box, x, y, 0) && contains(area, x, y));
      if (around) return { area: around.area, kmToBorder: kmToBorder(around.area, x, y, NEAR_BORDER_KM) };
      let nearest: FoundArea | undefined;
      let nearestKm = MAX_KM_OFF_BORDER;
      for (const { area } of near) {
        const km = kmToBorder(area, x, y, nearestKm);
        if (km < nearestKm) {
          nearest = { area, kmToBorder: 0 };
          nearestKm = km;
        }
      }
      return nearest;
    },
  };
}

function boxOfLine({ starts, longitudes, latitudes }: BorderTable, line: number): Box {
  const box: Box = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let point = starts[line]!; point < starts[line + 1]!; point++) {
    box[0] = Math.min(box[0], longitudes[point]!);
    box[1] = Math.min(box[1], latitudes[point]!);
    box[2] = Math.max(box[2], longitudes[point]!);
    box[3] = Math.max(box[3], latitudes[point]!);
  }
  return box;
}

function around(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** Whether the box, or its surroundings of so many kilometres, hold the point. */
function isWithin([west, south, east, north]: Box, x: number, y: number, km: number): boolean {
  const height = km / KM_PER_STEP;
  const width = height / Math.max(shrinkAt(y), 0.01);
  return x >= west - width && x <= east + width && y >= south - height && y <= north + height;
}

/** A degree of longitude as a part of a degree of latitude. */
function shrinkAt(y: number): number {
  return Math.cos((y / BORDER_STEPS_PER_DEGREE) * (Math.PI / 180));
}

/** Whether a ray to the east crosses the line an odd number of times. */
function crossesRay({ starts, longitudes, latitudes }: BorderTable, line: number, x: number, y: number): boolean {
  let isOdd = false;
  for (let to = starts[line]! + 1; to < starts[line + 1]!; to++) {
    const [fromY, toY] = [latitudes[to - 1]!, latitudes[to]!];
    if (fromY > y === toY > y) continue;
    const [fromX, toX] = [longitudes[to - 1]!, longitudes[to]!];
    if (x < ((toX - fromX) * (y - fromY)) / (toY - fromY) + fromX) isOdd = !isOdd;
  }
  return isOdd;
}

/** On a plane that touches the earth at the point, which is right for distances of some kilometres. */
function kmToLine({ starts, longitudes, latitudes }: BorderTable, line: number, x: number, y: number): number {
  const shrink = shrinkAt(y);
  let nearest = Number.POSITIVE_INFINITY;
  for (let to = starts[line]! + 1; to < starts[line + 1]!; to++) {
    const [fromX, fromY] = [(longitudes[to - 1]! - x) * shrink, latitudes[to - 1]! - y];
    const [alongX, alongY] = [(longitudes[to]! - x) * shrink - fromX, latitudes[to]! - y - fromY];
    const share = -(fromX * alongX + fromY * alongY) / (alongX ** 2 + alongY ** 2 || 1);
    const foot = Math.max(0, Math.min(1, share));
    nearest = Math.min(nearest, Math.hypot(fromX + foot * alongX, fromY + foot * alongY));
  }
  return nearest * KM_PER_STEP;
}
