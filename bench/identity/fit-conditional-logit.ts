import { logOddsOf, probabilities } from '../../packages/sdk/src/review/terms/conditional-logit.ts';

/** One choice among candidates or none of them. */
export interface Choice {
  /** A row of numbers per candidate. */
  readonly features: readonly (readonly number[])[];
  /** Index of the right candidate; -1: none of them. */
  readonly truth: number;
  readonly weight: number;
}

/** Keeps a weight finite when the choices would let it grow without end, by the weight of all choices; a standard deviation is the unit. */
const RIDGE = 2e-5;
const MOST_STEPS = 100;
const CONVERGED = 1e-7;

/** The weights under which the truth of all choices is most probable, by Newton's method. The first feature is constant. */
export function fitConditionalLogit(choices: readonly Choice[], size: number): number[] {
  const { means, deviations } = spreadOf(choices, size);
  const scaled = choices.map((choice) => ({
    ...choice,
    features: choice.features.map((values) => values.map((value, i) => (value - means[i]!) / deviations[i]!)),
  }));
  const ridge = RIDGE * choices.reduce((sum, { weight }) => sum + weight, 0);
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = weights.map((weight) => -ridge * weight);
    const curvature = weights.map((_, row) => weights.map((__, column) => (row === column ? ridge : 0)));
    for (const choice of scaled) addTo(gradient, curvature, choice, weights);
    const move = solve(curvature, gradient);
    // A whole step may overshoot where the choices are all but certain already.
    const before = objective(scaled, weights, ridge);
    let length = 1;
    let next = along(weights, move, length);
    while (length > CONVERGED && objective(scaled, next, ridge) < before) {
      length /= 2;
      next = along(weights, move, length);
    }
    weights = next;
    if (length * Math.max(...move.map(Math.abs)) < CONVERGED) break;
  }
  const unscaled = weights.map((weight, i) => weight / deviations[i]!);
  return unscaled.map((weight, i) =>
    i === 0 ? weight - unscaled.reduce((sum, value, j) => sum + value * means[j]!, 0) : weight,
  );
}

/** Of each feature over all candidates; the constant one is left as it is. */
function spreadOf(choices: readonly Choice[], size: number): { means: number[]; deviations: number[] } {
  const rows = choices.flatMap(({ features }) => features);
  const meanOf = (value: (row: readonly number[]) => number) => rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
  const means = Array.from({ length: size }, (_, i) => (i === 0 ? 0 : meanOf((row) => row[i]!)));
  const deviations = means.map((mean, i) => (i === 0 ? 1 : Math.sqrt(meanOf((row) => (row[i]! - mean) ** 2))));
  return { means, deviations };
}

function along(weights: readonly number[], move: readonly number[], length: number): number[] {
  return weights.map((weight, i) => weight + length * move[i]!);
}

/** What the fit makes as large as it can: the log-likelihood, less what the ridge takes. */
function objective(choices: readonly Choice[], weights: readonly number[], ridge: number): number {
  const likelihood = choices.reduce((sum, { features, truth, weight }) => {
    const chances = probabilities(logOddsOf(features, weights));
    const chance = truth === -1 ? 1 - chances.reduce((total, value) => total + value, 0) : chances[truth]!;
    return sum + weight * Math.log(Math.max(chance, Number.MIN_VALUE));
  }, 0);
  return likelihood - (ridge / 2) * weights.reduce((sum, weight) => sum + weight ** 2, 0);
}

function addTo(gradient: number[], curvature: number[][], { features, truth, weight }: Choice, weights: readonly number[]): void {
  const chances = probabilities(logOddsOf(features, weights));
  const expected = new Float64Array(weights.length);
  for (const [person, values] of features.entries()) {
    for (let i = 0; i < expected.length; i++) expected[i]! += chances[person]! * values[i]!;
  }
  for (let i = 0; i < expected.length; i++) {
    gradient[i]! += weight * ((features[truth]?.[i] ?? 0) - expected[i]!);
    const row = curvature[i]!;
    for (let j = 0; j < expected.length; j++) row[j]! -= weight * expected[i]! * expected[j]!;
    for (const [person, values] of features.entries()) {
      const share = weight * chances[person]! * values[i]!;
      for (let j = 0; j < expected.length; j++) row[j]! += share * values[j]!;
    }
  }
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
