import { CROWDING_FROM, CROWDING_TO, NEAREST_STRANGER, USUAL_LOG_CROWDING } from './merge-score.ts';
import type { NearestRows } from './nearest-rows.ts';

/** Rows to find around each row, since several of them may be of one kin. */
export const ROWS_AROUND = 2 * CROWDING_TO;

/**
 * The logarithm of a row's mean distance to strangers: to the 11th to 30th nearest others, of each kin the nearest. dlib's network tells
 * some kinds of faces apart worse than others, and where it does strangers are near.
 */
export function logCrowdingOf(row: number, { count, found, rows, squared }: NearestRows, kin: Int32Array): number {
  const met = new Set<number>();
  let [sum, counted] = [0, 0];
  for (let place = row * count; place < row * count + found[row]! && met.size < CROWDING_TO; place++) {
    if (squared[place]! < NEAREST_STRANGER ** 2) continue;
    const other = kin[rows[place]!]!;
    if (met.has(other) || other === kin[row]) continue;
    met.add(other);
    if (met.size <= CROWDING_FROM) continue;
    sum += Math.sqrt(squared[place]!);
    counted++;
  }
  return counted < (CROWDING_TO - CROWDING_FROM) / 2 ? USUAL_LOG_CROWDING : Math.log(sum / counted);
}
