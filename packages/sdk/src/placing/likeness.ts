import { mergeScore } from '../grouping/merge-score.ts';
import { NOBODY, type Puzzle } from './puzzle.ts';

/** Log-odds beyond which likeness says no more: two people may look alike, and one person may look like two. */
const MOST_LOG_ODDS = 6;

/** How alike sets of faces are to all that bear a name now, kept as sums so that a set comes and goes at the cost of one vector. */
export class Likeness {
  readonly #dimension: number;
  readonly #sets: Sums;
  readonly #people: Sums;

  constructor({ vectors, dimension, logCrowding, people }: Puzzle, sets: readonly (readonly number[])[]) {
    this.#dimension = dimension;
    this.#sets = new Sums(sets.length, dimension);
    this.#people = new Sums(people, dimension);
    for (const [set, faces] of sets.entries()) {
      for (const face of faces)
        this.#sets.addVector(set, vectors.subarray(face * dimension, (face + 1) * dimension), logCrowding[face]!);
    }
  }

  /** The set bears the name no more, or from now on. */
  move(set: number, from: number, to: number): void {
    if (from !== NOBODY) this.#people.add(from, this.#sets, set, -1);
    if (to !== NOBODY) this.#people.add(to, this.#sets, set, 1);
  }

  /** Log-odds that the set shows the person as whom all others stand that bear the name; 0 where there are no others. */
  logOdds(set: number, person: number, isOneOfThem: boolean): number {
    const [mine, theirs] = [this.#sets, this.#people];
    const own = isOneOfThem ? 1 : 0;
    const size = mine.count[set]!;
    const others = theirs.count[person]! - own * size;
    if (others < 0.5) return 0;
    let product = 0;
    for (let i = 0; i < this.#dimension; i++) {
      const value = mine.vectors[set * this.#dimension + i]!;
      product += value * (theirs.vectors[person * this.#dimension + i]! - own * value);
    }
    const squares = mine.squares[set]! / size + (theirs.squares[person]! - own * mine.squares[set]!) / others;
    const squared = Math.max(0, squares - (2 * product) / (size * others));
    const crowding = mine.crowding[set]! / size + (theirs.crowding[person]! - own * mine.crowding[set]!) / others;
    const score = mergeScore(squared, crowding / 2, Math.max(size, others));
    return Math.max(-MOST_LOG_ODDS, Math.min(MOST_LOG_ODDS, score));
  }
}

/** Sums over faces. */
class Sums {
  readonly vectors: Float64Array;
  readonly squares: Float64Array;
  readonly crowding: Float64Array;
  readonly count: Float64Array;
  readonly #dimension: number;

  constructor(length: number, dimension: number) {
    this.#dimension = dimension;
    this.vectors = new Float64Array(length * dimension);
    this.squares = new Float64Array(length);
    this.crowding = new Float64Array(length);
    this.count = new Float64Array(length);
  }

  addVector(at: number, vector: Float32Array, logCrowding: number): void {
    for (const [i, value] of vector.entries()) {
      this.vectors[at * this.#dimension + i]! += value;
      this.squares[at]! += value * value;
    }
    this.crowding[at]! += logCrowding;
    this.count[at]!++;
  }

  add(at: number, other: Sums, from: number, sign: 1 | -1): void {
    for (let i = 0; i < this.#dimension; i++) {
      this.vectors[at * this.#dimension + i]! += sign * other.vectors[from * this.#dimension + i]!;
    }
    this.squares[at]! += sign * other.squares[from]!;
    this.crowding[at]! += sign * other.crowding[from]!;
    this.count[at]! += sign * other.count[from]!;
  }
}
