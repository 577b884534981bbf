import type { ErrorPromise } from '../../model/review.ts';
import type { FaceTrial } from '../evaluate/try-faces.ts';
import { largestPlausible } from './binomial-bound.ts';

/** Chance that the promise is broken by how the confirmed faces happened to fall; each of the two bounds takes half of it. */
const RISK = 0.05;

/** Faces that would be named, and those they are drawn from. */
interface Candidates {
  /** Certainty of each face that would be named, in any order. */
  readonly certainties: readonly number[];
  /** Faces without a name, all of which may be strangers. */
  readonly unnamed: number;
}

/**
 * The lowest certainty from which on names can be applied while at most a share `errorRate` of them is wrong, by what the library's own
 * confirmed faces show. Two kinds of errors are counted at their largest plausible rates: strangers who are named, as if every face
 * without a name were a stranger's; and known people who are named as somebody else.
 */
export function keepPromise(errorRate: number, { certainties, unnamed }: Candidates, trials: readonly FaceTrial[]): ErrorPromise {
  const descending = certainties.toSorted((a, b) => b - a);
  const strangers = trials.map(({ asStranger }) => asStranger?.certainty ?? 0).sort((a, b) => b - a);
  const known = trials
    .flatMap(({ guess, isKnown, personId }) =>
      guess && isKnown ? { certainty: guess.certainty, isWrong: guess.personId !== personId } : [],
    )
    .sort((a, b) => b.certainty - a.certainty);
  let best: number | null = null;
  let [strangersAbove, knownAbove, wrongAbove] = [0, 0, 0];
  for (const [i, certainty] of descending.entries()) {
    if (descending[i + 1] === certainty) continue;
    while ((strangers[strangersAbove] ?? 0) >= certainty) strangersAbove++;
    while ((known[knownAbove]?.certainty ?? 0) >= certainty) {
      wrongAbove += Number(known[knownAbove]!.isWrong);
      knownAbove++;
    }
    const named = i + 1;
    const ofStrangers = largestPlausible(strangersAbove, strangers.length, RISK / 2) * unnamed;
    const ofKnown = largestPlausible(wrongAbove, knownAbove, RISK / 2) * named;
    if (ofStrangers + ofKnown <= errorRate * named) best = certainty;
  }
  return {
    errorRate,
    certainty: best,
    missingConfirmations: best === null ? missing(errorRate, { certainties, unnamed }, trials.length) : 0,
  };
}

/** How many more confirmed faces it takes if none of them turns out wrong: a rate of -ln(risk) / n is plausible after n of n were right. */
function missing(errorRate: number, { certainties, unnamed }: Candidates, confirmed: number): number {
  // Where nothing would be named, there is nothing to promise.
  if (certainties.length === 0) return 0;
  const wanted = Math.ceil((-Math.log(RISK / 2) * (unnamed / certainties.length + 1)) / errorRate);
  return Math.max(1, wanted - confirmed);
}
