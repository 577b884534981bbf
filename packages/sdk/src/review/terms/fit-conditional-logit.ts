import { logOddsOf, probabilities } from './conditional-logit.ts';

/** One choice among candidates or none of them. */
export interface Choice {
  /** A row of numbers per candidate. */
  readonly features: readonly (readonly number[])[];
  /** Log-odds of each candidate that no weight changes; default 0. */
  readonly offsets?: readonly number[];
  /** Index of the right candidate; -1: none of them. */
  readonly truth: number;
  readonly weight: number;
}

export interface FitOptions {
  /** Where the weights start, and where they stay when the choices say nothing. */
  readonly start: readonly number[];
  /** How strongly they are held there, by the weight of a choice: half of it times the squared distance is lost. */
  readonly ridge: number;
}

const MOST_STEPS = 100;
const CONVERGED = 1e-7;

/** The weights under which the truth of all choices is most probable, by Newton's method. */
export function fitConditionalLogit(choices: readonly Choice[], { start, ridge }: FitOptions): number[] {
  const objective = (weights: readonly number[]) =>
    logLikelihood(choices, weights) - (ridge / 2) * weights.reduce((sum, weight, i) => sum + (weight - start[i]!) ** 2, 0);
  let weights = [...start];
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = weights.map((weight, i) => -ridge * (weight - start[i]!));
    const curvature = weights.map((_, row) => weights.map((__, column) => (row === column ? ridge : 0)));
    for (const choice of choices) addTo(gradient, curvature, choice, weights);
    const move = solve(curvature, gradient);
    // A whole step may overshoot where the choices are all but certain already.
    const before = objective(weights);
    let length = 1;
    let next = along(weights, move, length);
    while (length > CONVERGED && objective(next) < before) {
      length /= 2;
      next = along(weights, move, length);
    }
    weights = next;
    if (length * Math.max(...move.map(Math.abs)) < CONVERGED) break;
  }
  return weights;
}

/** Natural logarithm of the probability that the weights give to the truth of all choices, each by its weight. */
export function logLikelihood(choices: readonly Choice[], weights: readonly number[]): number {
  return choices.reduce((sum, choice) => {
    const chances = chancesOf(choice, weights);
    const chance = choice.truth === -1 ? 1 - chances.reduce((total, value) => total + value, 0) : chances[choice.truth]!;
    return sum + choice.weight * Math.log(Math.max(chance, Number.MIN_VALUE));
  }, 0);
}

function chancesOf({ features, offsets }: Choice, weights: readonly number[]): number[] {
  return probabilities(logOddsOf(features, weights).map((value, i) => value + (offsets?.[i] ?? 0)));
}

function along(weights: readonly number[], move: readonly number[], length: number): number[] {
  return weights.map((weight, i) => weight + length * move[i]!);
}

function addTo(gradient: number[], curvature: number[][], choice: Choice, weights: readonly number[]): void {
  const { features, truth, weight } = choice;
  const chances = chancesOf(choice, weights);
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
