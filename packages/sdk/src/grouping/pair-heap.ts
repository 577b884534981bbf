/** Two parts that may become one. */
export interface Pair {
  readonly score: number;
  /** The lower number of the two. */
  readonly a: number;
  readonly b: number;
  /** How often each had changed when the score was computed. */
  readonly versionA: number;
  readonly versionB: number;
}

/** Hands out pairs, the best first; of equal ones, that of the lowest numbers. */
export class PairHeap {
  readonly #pairs: Pair[] = [];

  push(pair: Pair): void {
    const pairs = this.#pairs;
    let place = pairs.push(pair) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!isBefore(pair, pairs[above]!)) break;
      pairs[place] = pairs[above]!;
      place = above;
    }
    pairs[place] = pair;
  }

  pop(): Pair | undefined {
    const pairs = this.#pairs;
    const [best, last] = [pairs[0], pairs.pop()];
    if (pairs.length > 0) this.#sink(last!);
    return best;
  }

  #sink(pair: Pair): void {
    const pairs = this.#pairs;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= pairs.length) break;
      if (below + 1 < pairs.length && isBefore(pairs[below + 1]!, pairs[below]!)) below++;
      if (!isBefore(pairs[below]!, pair)) break;
      pairs[place] = pairs[below]!;
      place = below;
    }
    pairs[place] = pair;
  }
}

function isBefore(one: Pair, other: Pair): boolean {
  if (one.score !== other.score) return one.score > other.score;
  return one.a === other.a ? one.b < other.b : one.a < other.a;
}
