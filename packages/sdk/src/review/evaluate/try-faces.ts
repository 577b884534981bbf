import { neighbourhoodOf, strangerDistance } from '../../evidence/cohort.ts';
import { probeAt } from '../../evidence/collect-evidence.ts';
import type { Answers } from '../answers.ts';
import { certaintyOf } from '../decide-action.ts';
import { confidencesOf, type RankedPerson, rankPeople } from '../rank-people.ts';
import type { Ranking } from '../ranking.ts';
import { drawTrials, type TryOptions } from './draw-trials.ts';

/** Who a face would be taken for. */
export interface Guess {
  readonly personId: string;
  readonly confidence: number;
  readonly faceConfidence: number;
  /** Of its confidence and that by the face alone the lower one: what is held against the auto-apply threshold. */
  readonly certainty: number;
}

/** A confirmed face, tried as if nobody had named it. */
export interface FaceTrial {
  /** Place in the bank. */
  readonly index: number;
  /** Who it is. */
  readonly personId: string;
  /** Whether the person is confirmed on another photo, too. */
  readonly isKnown: boolean;
  /** null when nobody is in reach. */
  readonly guess: Guess | null;
  /** The same with its person taken out of the library. */
  readonly asStranger: Guess | null;
  /** How near the strangers around it are: L2. */
  readonly strangerDistance: number;
  /** The guess by the sum without each of the terms, by name. */
  readonly without: ReadonlyMap<string, Guess>;
}

/** Tries the faces that somebody named, each with its own label left out. Rejects with the signal's reason when it is aborted. */
export async function tryFaces(answers: Answers, ranking: Ranking, options: TryOptions): Promise<FaceTrial[]> {
  const { bank, gallery } = answers.known;
  const photosOf = new Map(
    gallery.people.map(({ personId, start, end }) => [
      personId,
      new Set(gallery.rows.slice(start, end).map((place) => bank.faces[place]!.photoId)).size,
    ]),
  );
  const trials: FaceTrial[] = [];
  for await (const index of drawTrials(answers.known, options)) trials.push(tryFace(answers, ranking, index, photosOf));
  return trials;
}

function tryFace(answers: Answers, ranking: Ranking, index: number, photosOf: ReadonlyMap<string, number>): FaceTrial {
  const { bank, cohort } = answers.known;
  const personId = bank.faces[index]!.personId!;
  const question = answers.questionOnce(index);
  const ranked = rankPeople(question, ranking);
  const others = question.candidates.filter((candidate) => candidate.personId !== personId);
  const own = answers.known.gallery.people.find((person) => person.personId === personId)!;
  const neighbourhood = neighbourhoodOf(bank, cohort, probeAt(answers.known, index));
  return {
    index,
    personId,
    isKnown: photosOf.get(personId)! > 1,
    guess: guessOf(ranked),
    asStranger: guessOf(rankPeople({ ...question, candidates: others }, ranking)),
    strangerDistance: strangerDistance(neighbourhood, answers.known.identitiesOf(own)),
    without: withoutEachTerm(ranked, ranking),
  };
}

function guessOf([first]: readonly RankedPerson[]): Guess | null {
  if (!first) return null;
  return {
    personId: first.evidence.personId,
    confidence: first.confidence,
    faceConfidence: first.faceConfidence,
    certainty: certaintyOf(first),
  };
}

function withoutEachTerm(ranked: readonly RankedPerson[], ranking: Ranking): Map<string, Guess> {
  const terms = ranked.map((person) => new Map(person.terms().map(({ name, logOdds }) => [name, logOdds])));
  const names = new Set(terms.flatMap((ofPerson) => [...ofPerson.keys()]));
  return new Map(
    [...names].map((name) => {
      const scores = ranked.map(({ score }, i) => score - (terms[i]!.get(name) ?? 0));
      const confidences = confidencesOf(scores, ranking);
      const confidence = Math.max(...confidences);
      const { personId } = ranked[confidences.indexOf(confidence)]!.evidence;
      return [name, { personId, confidence, faceConfidence: confidence, certainty: confidence }];
    }),
  );
}
