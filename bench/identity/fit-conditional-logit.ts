import { FACE_WEIGHTS, type FaceFeatures, faceFeatures, probabilities } from '../../packages/sdk/src/review/confidence-model.ts';
import type { Trial } from './simulate-library.ts';

/** Keeps a weight finite when the trials would let it grow without end; too small to move a weight that they determine. */
const RIDGE = 1e-6;
const MOST_STEPS = 50;
const CONVERGED = 1e-9;

/** The weights under which the truth of all trials is most probable ("one of these people or none"), by Newton's method. */
export function fitConditionalLogit(trials: readonly Trial[]): FaceFeatures {
  const prepared = trials.map(({ evidence, truth, weight }) => ({
    features: faceFeatures(evidence),
    truth: evidence.findIndex((person) => person.personId === truth),
    weight,
  }));
  let weights = FACE_WEIGHTS.map(() => 0);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = weights.map((weight) => -RIDGE * weight);
    const curvature = weights.map((_, row) => weights.map((__, column) => (row === column ? RIDGE : 0)));
    for (const { features, truth, weight } of prepared) {
      const chances = probabilities(features.map((feature) => feature.reduce((sum, value, i) => sum + value * weights[i]!, 0)));
      const expected = weights.map((_, i) => features.reduce((sum, feature, person) => sum + chances[person]! * feature[i]!, 0));
      weights.forEach((_, i) => {
        gradient[i]! += weight * ((features[truth]?.[i] ?? 0) - expected[i]!);
        weights.forEach((__, j) => {
          const second = features.reduce((sum, feature, person) => sum + chances[person]! * feature[i]! * feature[j]!, 0);
          curvature[i]![j]! += weight * (second - expected[i]! * expected[j]!);
        });
      });
    }
    const move = solve(curvature, gradient);
    weights = weights.map((weight, i) => weight + move[i]!);
    if (Math.max(...move.map(Math.abs)) < CONVERGED) break;
  }
  return weights as unknown as FaceFeatures;
}

/** Solves `matrix * x = right` by Gauss-Jordan elimination with row pivots. */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  rows.forEach((_, column) => {
    const pivot = rows.findIndex(
      (row, i) => i >= column && Math.abs(row[column]!) === Math.max(...rows.slice(column).map((r) => Math.abs(r[column]!))),
    );
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    rows.forEach((row, i) => {
      if (i === column) return;
      const factor = row[column]! / rows[column]![column]!;
      for (let k = column; k < row.length; k++) row[k]! -= factor * rows[column]![k]!;
    });
  });
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}
