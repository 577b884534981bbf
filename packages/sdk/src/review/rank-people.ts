import type { PersonEvidence } from '../evidence/person-evidence.ts';
import type { SuggestionTerm } from '../model/review.ts';
import { probabilities } from './terms/conditional-logit.ts';
import type { RankingQuestion, ReadyTerm, Weighing } from './terms/ranking-term.ts';

/** A person as the answer to "who is this?". */
export interface RankedPerson {
  readonly evidence: PersonEvidence;
  /** What speaks for and against it, by name. */
  readonly terms: () => SuggestionTerm[];
  /** Log-odds against "none of them": the sum of the terms, in their order. */
  readonly score: number;
  /** 0 to 1; over all people at most 1. */
  readonly confidence: number;
  /** The same by the face terms alone. */
  readonly faceConfidence: number;
  /** L2 distance to the nearest face of anybody else; null when nobody else is in reach. */
  readonly nextDistance: number | null;
}

/**
 * The people in reach of a face, the likeliest first; of equals, the nearest, then the one known longest. Neither the order of the
 * candidates nor that of the terms matters, down to the last bit of a score.
 */
export function rankPeople(question: RankingQuestion, terms: readonly ReadyTerm[]): RankedPerson[] {
  const candidates = question.candidates.toSorted(
    (a, b) => a.distances[0] - b.distances[0] || (a.personId < b.personId ? -1 : 1),
  );
  const asked = { ...question, candidates };
  if (candidates.length === 0) return [];
  // The sum of floating-point numbers depends on their order: by name.
  const weighings = terms
    .flatMap(({ kind, weigh }) => weigh(asked).map((weighing) => ({ kind, weighing })))
    .sort((a, b) => (a.weighing.name < b.weighing.name ? -1 : 1));
  const all = weighings.map(({ weighing }) => weighing);
  const byFace = weighings.flatMap(({ kind, weighing }) => (kind === 'face' ? weighing : []));
  const scores = sums(all, candidates.length);
  const confidences = probabilities(scores);
  const faceConfidences = byFace.length === all.length ? confidences : probabilities(sums(byFace, candidates.length));
  return candidates
    .map((evidence, i) => ({
      evidence,
      terms: () => termsOf(all, i),
      score: scores[i]!,
      confidence: confidences[i]!,
      faceConfidence: faceConfidences[i]!,
      nextDistance: nextDistance(candidates, i),
    }))
    .sort((a, b) => b.score - a.score);
}

/** For each candidate, what the weighings add up to in their order. */
function sums(weighings: readonly Weighing[], candidates: number): number[] {
  const totals = new Array<number>(candidates).fill(0);
  for (const { logOdds } of weighings) {
    for (let i = 0; i < candidates; i++) totals[i]! += logOdds[i] ?? 0;
  }
  return totals;
}

function termsOf(weighings: readonly Weighing[], candidate: number): SuggestionTerm[] {
  return weighings.flatMap(({ name, logOdds, because }) => {
    const weight = logOdds[candidate] ?? null;
    return weight === null ? [] : { name, logOdds: weight, because: because(candidate) };
  });
}

/** `nearestFirst`: anybody else's nearest face is the first person's, or the second's for the first. */
function nextDistance(nearestFirst: readonly PersonEvidence[], index: number): number | null {
  return nearestFirst[index === 0 ? 1 : 0]?.distances[0] ?? null;
}
