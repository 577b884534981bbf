import { EVIDENCE_REACH } from '../../packages/sdk/src/evidence/person-evidence.ts';
import { logOddsOf, probabilities } from '../../packages/sdk/src/review/terms/conditional-logit.ts';
import { fitStandardised } from './fit-standardised.ts';
import type { Model } from './report-confidence.ts';
import type { Trial } from './simulate-library.ts';

/** A number about one person, and whom it is about: the larger, the likelier. null when nobody is in reach. */
type Score = (trial: Trial) => { readonly personId: string; readonly value: number } | null;

/** Confirmed faces that vote. The evidence holds three of each person, so that more would not be counted rightly. */
const VOTERS = 3;
/** Makes a vote matter more than any distance. */
const OF_A_VOTE = 10;

const nearestPeople = ({ evidence }: Trial) => evidence.toSorted((a, b) => a.distances[0] - b.distances[0]);

/** What takes no model: a score of the likeliest person. */
export const SCORES: Readonly<Record<string, Score>> = {
  'nearest distance': (trial) => {
    const [first] = nearestPeople(trial);
    return first ? { personId: first.personId, value: -first.distances[0] } : null;
  },
  'quotient of two distances': (trial) => {
    const [first, next] = nearestPeople(trial);
    if (!first) return null;
    return { personId: first.personId, value: -first.distances[0] / (next?.distances[0] ?? EVIDENCE_REACH) };
  },
  'vote of 3 nearest': (trial) => {
    const voters = trial.evidence
      .flatMap(({ personId, distances }) => distances.map((distance) => ({ personId, distance })))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, VOTERS);
    const [most] = [...Map.groupBy(voters, ({ personId }) => personId).values()].sort((a, b) => b.length - a.length);
    if (!most) return null;
    const [{ personId, distance }] = most as [(typeof most)[number]];
    return { personId, value: OF_A_VOTE * most.length - distance };
  },
};

/** The score as a confidence: a logistic curve fitted to whether the likeliest person is right. */
export function fitScore(score: Score, trials: readonly Trial[]): Model {
  const choices = trials.flatMap((trial) => {
    const best = score(trial);
    return best ? [{ features: [[1, best.value]], truth: best.personId === trial.truth ? 0 : -1, weight: trial.weight }] : [];
  });
  const weights = fitStandardised(choices, 2);
  return (trial) => {
    const best = score(trial);
    if (!best) return { personIds: [], chances: [] };
    return { personIds: [best.personId], chances: probabilities(logOddsOf([[1, best.value]], weights)) };
  };
}
