import type { Pace } from '../values/pace.ts';

/** Points, one after the other in `vectors`; each may stand for several that lie around it. */
export interface Rows {
  readonly vectors: Float32Array;
  readonly dimension: number;
  /** Mean squared distance of what a row stands for to the row itself; zeros for single points. */
  readonly spread: Float32Array;
}

/** The nearest rows of each row, nearest first: from `row * count` on, as many as `found[row]` says. */
export interface NearestRows {
  readonly count: number;
  readonly found: Uint16Array;
  readonly rows: Int32Array;
  /** Mean squared L2 distance between what the two rows stand for. */
  readonly squared: Float32Array;
}

export interface NearestRowsOptions {
  readonly count: number;
  /** Squared L2 distance from which on a row is nobody's neighbour. */
  readonly limit: number;
  /** Only pairs with one of these are looked at: 1 for each. Default all. */
  readonly probes?: Uint8Array;
  readonly pace: Pace;
  readonly onProgress?: (share: number) => void;
}

/** Rows that are compared with so many others between two looks at the clock: a millisecond or two. */
const BLOCK = 128;
const CHUNK = 256;
/** Components summed before looking whether a pair is too far apart; a divisor of the dimension, or all of them are summed at once. */
const STRIDE = 8;

/** Finds the nearest rows of each, exactly: every pair is looked at once, as far as it takes to see that it is too far. */
export async function nearestRows(rows: Rows, options: NearestRowsOptions): Promise<NearestRows> {
  const { count, limit, probes, pace, onProgress } = options;
  const total = rows.spread.length;
  const nearest: NearestRows = {
    count,
    found: new Uint16Array(total),
    rows: new Int32Array(total * count),
    squared: new Float32Array(total * count),
  };
  const limits = new Float32Array(total).fill(limit);
  const queried = Int32Array.from(probes ? [...probes.keys()].filter((row) => probes[row]) : rows.spread.keys());
  for (let start = 0; start < queried.length; start += BLOCK) {
    const block = queried.subarray(start, start + BLOCK);
    // Without probes, those after the block meet it in their turn.
    const end = probes ? total : block.at(-1)!;
    for (let from = 0; from < end; from += CHUNK) {
      compare({ rows, nearest, limits, probes }, block, from, Math.min(end, from + CHUNK));
      if (pace.isDue()) await pace.rest();
    }
    const done = (start + block.length) / queried.length;
    onProgress?.(probes ? done : done * done);
  }
  return nearest;
}

interface Search {
  readonly rows: Rows;
  readonly nearest: NearestRows;
  /** By row, the squared distance from which on another would not be among its nearest. */
  readonly limits: Float32Array;
  readonly probes: Uint8Array | undefined;
}

/** Compares the rows of a block with those in a range, which stay in the processor's cache meanwhile. */
function compare({ rows, nearest, limits, probes }: Search, block: Int32Array, from: number, to: number): void {
  const { vectors, dimension, spread } = rows;
  const stride = dimension % STRIDE === 0 ? STRIDE : dimension;
  for (const row of block) {
    const probe = vectors.subarray(row * dimension, (row + 1) * dimension);
    const own = spread[row]!;
    let ownLimit = limits[row]!;
    // Two probes meet twice.
    const end = probes ? to : Math.min(to, row);
    for (let other = from; other < end; other++) {
      const otherLimit = limits[other]!;
      const limit = Math.max(ownLimit, otherLimit);
      let squared = own + spread[other]!;
      for (let i = 0, j = other * dimension; i < dimension && squared < limit; ) {
        for (const next = i + stride; i < next; i++, j++) {
          const difference = probe[i]! - vectors[j]!;
          squared += difference * difference;
        }
      }
      if (squared >= limit) continue;
      if (probes && (row === other || (probes[other] === 1 && other > row))) continue;
      if (squared < ownLimit) {
        insert(nearest, limits, row, other, squared);
        ownLimit = limits[row]!;
      }
      if (squared < otherLimit) insert(nearest, limits, other, row, squared);
    }
  }
}

/** Keeps the list of a row sorted; of two that are equally near, the one that was met first stays. */
function insert(
  { count, found, rows, squared }: NearestRows,
  limits: Float32Array,
  row: number,
  other: number,
  distance: number,
) {
  const start = row * count;
  let place = start + Math.min(found[row]!, count - 1);
  while (place > start && squared[place - 1]! > distance) {
    rows[place] = rows[place - 1]!;
    squared[place] = squared[place - 1]!;
    place--;
  }
  rows[place] = other;
  squared[place] = distance;
  if (found[row]! < count) found[row]!++;
  if (found[row] === count) limits[row] = squared[start + count - 1]!;
}
