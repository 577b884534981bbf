const HALVINGS = 60;

/**
 * The largest probability of an event that is still plausible after it happened `events` times in `trials` trials: the exact upper
 * bound of Clopper and Pearson (Biometrika 26, 1934), which the true one exceeds with a chance of at most `risk`. 1 without trials.
 */
export function largestPlausible(events: number, trials: number, risk: number): number {
  if (events >= trials) return 1;
  let [low, high] = [events / trials, 1];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (chanceOfAtMost(events, trials, middle) > risk) low = middle;
    else high = middle;
  }
  return high;
}

/** Chance that an event of that probability happens so many times at most. */
function chanceOfAtMost(events: number, trials: number, probability: number): number {
  if (probability >= 1) return 0;
  // Of the terms of the sum the logarithms: the first is too small for a number when there are thousands of trials.
  let logTerm = trials * Math.log1p(-probability);
  let sum = Math.exp(logTerm);
  for (let i = 1; i <= events; i++) {
    logTerm += Math.log((trials - i + 1) / i) + Math.log(probability) - Math.log1p(-probability);
    sum += Math.exp(logTerm);
  }
  return sum;
}
