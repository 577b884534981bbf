/** Log-odds of each candidate against "none of them": the weighted sum of its features. */
export function logOddsOf(features: readonly (readonly number[])[], weights: readonly number[]): number[] {
  return features.map((values) => values.reduce((sum, value, i) => sum + value * weights[i]!, 0));
}

/**
 * Probability of each candidate, given log-odds against "none of them". A face is of one person at most, so these probabilities and
 * that of "somebody else" add up to 1.
 */
export function probabilities(logOdds: readonly number[]): number[] {
  const largest = Math.max(0, ...logOdds);
  const odds = logOdds.map((value) => Math.exp(value - largest));
  const total = odds.reduce((sum, value) => sum + value, Math.exp(-largest));
  return odds.map((value) => value / total);
}
