import type { PersonEvidence } from '../evidence/person-evidence.ts';
import type { SuggestionTerm } from '../model/suggestion.ts';
import { calibrateAll, type Interval, intervalAround } from './calibration/calibration.ts';
import { onceInAPhoto } from './once-in-a-photo.ts';
import type { Calibrations, Ranking } from './ranking.ts';
import { probabilities } from './terms/conditional-logit.ts';
import { nearestTwo } from './terms/confidence-model.ts';
import type {
  FaceQuestion,
  FaceScores,
  FaceTerm,
  PriorQuestion,
  RankingQuestion,
  ReadyPrior,
  ReadyTerm,
  Weighing,
} from './terms/ranking-term.ts';

/** Candidates that the priors are asked about. */
const PRIOR_CANDIDATES = 12;

/** A person as the answer to "who is this?". */
export interface RankedPerson {
  readonly evidence: PersonEvidence;
  /** What speaks for and against it: the face terms, other faces of the photo, then the priors, each by name. */
  readonly terms: () => SuggestionTerm[];
  /** Log-odds against "none of them": the sum of the terms, in their order. */
  readonly score: number;
  /** 0 to 1; over all people at most 1. */
  readonly confidence: number;
  /** The same by the pictures of the photo's faces alone. */
  readonly faceConfidence: number;
  /** Where the true probability lies with a chance of 90 %. */
  readonly interval: () => Interval;
  /** L2 distance to the nearest face of anybody else; null when nobody else is in reach. */
  readonly nextDistance: number | null;
}

/** The first of the people that a face could be. */
export interface Likeliest extends Pick<RankedPerson, 'confidence' | 'faceConfidence'> {
  readonly personId: string;
}

/**
 * The people in reach of a face, the likeliest first; of equals, the nearest, then the one known longest. Neither the order of the
 * candidates nor that of the terms matters, down to the last bit of a score.
 */
export function rankPeople(question: RankingQuestion, { terms, calibrations }: Ranking): RankedPerson[] {
  const asked = nearestFirst(question);
  const { candidates } = asked;
  if (candidates.length === 0) return [];
  const byFace = byFaceTerms(asked, terms);
  const once = onceInAPhoto(personIdsOf(candidates), question.beside(terms));
  const faceScores = add(sumOf(candidates.length, byFace), once);
  const byPriors = weighPriors(asked, faceScores, terms);
  const { scores, confidences, faceConfidences, intervalOf } = judge(faceScores, byPriors, calibrations);
  const all = [...byFace, ...once, ...byPriors];
  return candidates
    .map((evidence, i) => ({
      evidence,
      terms: () => termsOf(all, i),
      score: scores[i]!,
      confidence: confidences[i]!,
      faceConfidence: faceConfidences[i]!,
      interval: () => intervalOf(i),
      nextDistance: nextDistance(candidates, i),
    }))
    .sort((a, b) => b.score - a.score);
}

/** What `rankPeople` knows before it looks around the face. */
export function scoreFaces(question: RankingQuestion, terms: readonly ReadyTerm[]): FaceScores {
  const asked = nearestFirst(question);
  return { personIds: personIdsOf(asked.candidates), scores: sumOfFaceTerms(asked, terms) };
}

/** Sum of the face terms of each candidate. */
export function sumOfFaceTerms(question: FaceQuestion, terms: readonly ReadyTerm[]): number[] {
  return sumOf(question.candidates.length, byFaceTerms(question, terms));
}

function byFaceTerms(question: FaceQuestion, terms: readonly ReadyTerm[]): Weighing[] {
  return inOrder(terms.filter(isFaceTerm).flatMap(({ weigh }) => weigh(question)));
}

/** Who comes first in `rankPeople`; null when nobody is in reach. */
export function findLikeliest(
  { personIds, scores: ofPicture }: FaceScores,
  { beside, ...surroundings }: Pick<RankingQuestion, 'face' | 'company' | 'beside'>,
  { terms, calibrations }: Ranking,
): Likeliest | null {
  if (personIds.length === 0) return null;
  const faceScores = add(ofPicture, onceInAPhoto(personIds, beside(terms)));
  const candidates = personIds.map((personId) => ({ personId }));
  const { scores, confidences, faceConfidences } = judge(
    faceScores,
    weighPriors({ ...surroundings, candidates }, faceScores, terms),
    calibrations,
  );
  const first = scores.indexOf(Math.max(...scores));
  return { personId: personIds[first]!, confidence: confidences[first]!, faceConfidence: faceConfidences[first]! };
}

/** What scores by all terms are worth in this library. */
export function confidencesOf(scores: readonly number[], { calibrations }: Pick<Ranking, 'calibrations'>): readonly number[] {
  return calibrateAll(calibrations.byAll, probabilities(scores));
}

function personIdsOf(candidates: readonly PersonEvidence[]): string[] {
  return candidates.map(({ personId }) => personId);
}

function isFaceTerm(term: ReadyTerm): term is FaceTerm {
  return term.kind === 'face';
}

function isPrior(term: ReadyTerm): term is ReadyPrior {
  return term.kind === 'prior';
}

function nearestFirst(question: RankingQuestion): FaceQuestion {
  const candidates = question.candidates.toSorted(
    (a, b) => a.distances[0] - b.distances[0] || (a.personId < b.personId ? -1 : 1),
  );
  return { ...question, candidates, nearest: nearestTwo(candidates.map(({ distances }) => distances[0])) };
}

/** About the likeliest by the picture alone: what is around a face makes nobody likely who does not look like it. */
function weighPriors(question: PriorQuestion, faceScores: readonly number[], terms: readonly ReadyTerm[]): Weighing[] {
  const priors = terms.filter(isPrior);
  if (priors.length === 0) return [];
  const places = likeliestPlaces(faceScores);
  const candidates = places.map((place) => question.candidates[place]!);
  const placeAmong = new Map(places.map((place, i) => [place, i]));
  return inOrder(
    priors.flatMap(({ weigh }) =>
      weigh({ ...question, candidates }).map(({ name, logOdds, because }) => ({
        name,
        logOdds: faceScores.map((_, place) => logOdds[placeAmong.get(place) ?? -1] ?? null),
        because: (candidate: number) => because(placeAmong.get(candidate)!),
      })),
    ),
  );
}

/** In the order of the candidates. */
function likeliestPlaces(faceScores: readonly number[]): number[] {
  const places = [...faceScores.keys()];
  if (places.length <= PRIOR_CANDIDATES) return places;
  return places
    .sort((a, b) => faceScores[b]! - faceScores[a]! || a - b)
    .slice(0, PRIOR_CANDIDATES)
    .sort((a, b) => a - b);
}

/** The sum of floating-point numbers depends on their order: by name. */
function inOrder(weighings: Weighing[]): Weighing[] {
  return weighings.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function judge(faceScores: readonly number[], byPriors: readonly Weighing[], { byFace, byAll }: Calibrations) {
  const scores = byPriors.length === 0 ? faceScores : add(faceScores, byPriors);
  const claimed = probabilities(scores);
  const confidences = calibrateAll(byAll, claimed);
  return {
    scores,
    confidences,
    faceConfidences: calibrateAll(byFace, byPriors.length === 0 ? claimed : probabilities(faceScores)),
    intervalOf: (i: number) => intervalAround(byAll, claimed[i]!, confidences[i]!),
  };
}

function sumOf(candidates: number, weighings: readonly Weighing[]): number[] {
  return add(new Array<number>(candidates).fill(0), weighings);
}

/** For each candidate, what the weighings bring it to, in their order. */
function add(start: readonly number[], weighings: readonly Weighing[]): number[] {
  const totals = [...start];
  for (const { logOdds } of weighings) {
    for (let i = 0; i < totals.length; i++) totals[i]! += logOdds[i] ?? 0;
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
