import { logOddsOf, probabilities } from '../../packages/sdk/src/review/terms/conditional-logit.ts';

/** One choice among candidates or none of them. */
export interface Choice {
  /** A row of numbers per candidate. */
  readonly features: readonly (readonly number[])[];
  /** Index of the right candidate; -1: none of them. */
  readonly truth: number;
  readonly weight: number;
}

/** Keeps a weight finite when the choices would let it grow without end; too small to move a weight that they determine. */
const RIDGE = 1e-6;
const MOST_STEPS = 50;
const CONVERGED = 1e-9;

/** The weights under which the truth of all choices is most probable, by Newton's method. */
export function fitConditionalLogit(choices: readonly Choice[], size: number): number[] {
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = weights.map((weight) => -RIDGE * weight);
    const curvature = weights.map((_, row) => weights.map((__, column) => (row === column ? RIDGE : 0)));
    for (const { features, truth, weight } of choices) {
      const chances = probabilities(logOddsOf(features, weights));
      const expected = weights.map((_, i) => features.reduce((sum, values, person) => sum + chances[person]! * values[i]!, 0));
      weights.forEach((_, i) => {
        gradient[i]! += weight * ((features[truth]?.[i] ?? 0) - expected[i]!);
        weights.forEach((__, j) => {
          const second = features.reduce((sum, values, person) => sum + chances[person]! * values[i]! * values[j]!, 0);
          curvature[i]![j]! += weight * (second - expected[i]! * expected[j]!);
        });
      });
    }
    const move = solve(curvature, gradient);
    weights = weights.map((weight, i) => weight + move[i]!);
    if (Math.max(...move.map(Math.abs)) < CONVERGED) break;
  }
  return weights;
}

/** Solves `matrix * x = right` by Gauss-Jordan elimination with row pivots. */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  rows.forEach((_, column) => {
    const below = rows.slice(column);
    const largest = Math.max(...below.map((row) => Math.abs(row[column]!)));
    const pivot = column + below.findIndex((row) => Math.abs(row[column]!) === largest);
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    rows.forEach((row, i) => {
      if (i === column) return;
      const factor = row[column]! / rows[column]![column]!;
      for (let k = column; k < row.length; k++) row[k]! -= factor * rows[column]![k]!;
    });
  });
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}
