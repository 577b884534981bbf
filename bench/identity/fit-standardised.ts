import { type Choice, fitConditionalLogit } from '../../packages/sdk/src/review/terms/fit-conditional-logit.ts';

/** Keeps a weight finite when the choices would let it grow without end, by the weight of all choices; a standard deviation is the unit. */
const RIDGE = 2e-5;

/** The weights under which the truth of all choices is most probable. The first feature is constant. */
export function fitStandardised(choices: readonly Choice[], size: number): number[] {
  const { means, deviations } = spreadOf(choices, size);
  const scaled = choices.map((choice) => ({
    ...choice,
    features: choice.features.map((values) => values.map((value, i) => (value - means[i]!) / deviations[i]!)),
  }));
  const ridge = RIDGE * choices.reduce((sum, { weight }) => sum + weight, 0);
  const weights = fitConditionalLogit(scaled, { start: new Array<number>(size).fill(0), ridge });
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
