import type { BankChanges } from '../evidence/bank-changes.ts';
import { collectAgain, type FormerEvidence, formerEvidence, probeAt, rankAmong } from '../evidence/collect-evidence.ts';
import type { KnownFaces } from '../evidence/known-faces.ts';
import type { PersonEvidence } from '../evidence/person-evidence.ts';
import { scoreFaces, sumOfFaceTerms } from './rank-people.ts';
import { type NearestTwo, nearestTwo } from './terms/confidence-model.ts';
import type { FaceScores, RankingQuestion, ReadyTerm } from './terms/ranking-term.ts';

/** When more people changed than that, everything is collected again. */
const MOST_AGAIN = 64;

/** A face of the bank, and by which terms it is weighed. */
interface Weighed {
  readonly index: number;
  readonly terms: readonly ReadyTerm[];
}

/** The scores of a face, and what they rest on. */
interface KeptScores extends FaceScores, FormerEvidence {
  /** How much of the news they take into account. */
  readonly newsKnown: number;
}

/**
 * What the picture of a face says, of every face that was judged. After an answer only the person is weighed again whom it is about,
 * unless that changes what speaks for others; the scores are those of weighing everybody.
 */
export class ScoreMemory {
  readonly #scores = new Map<number, KeptScores>();
  /** People for whom other faces speak than before, change by change. */
  readonly #news: readonly ReadonlySet<string>[];
  #collected = 0;
  /** Everybody in the news from there on. */
  readonly #inNewsFrom = new Map<number, ReadonlySet<string>>();

  constructor(news: readonly ReadonlySet<string>[] = []) {
    this.#news = news;
  }

  /** How many faces' evidence was collected so far. */
  get collected(): number {
    return this.#collected;
  }

  /** null when they must be collected anew. `question`: the face without its candidates. */
  find(known: KnownFaces, { index, terms }: Weighed, question: Omit<RankingQuestion, 'candidates'>): FaceScores | null {
    const kept = this.#scores.get(index);
    if (!kept) return null;
    const people = this.#peopleInNewsFrom(kept.newsKnown);
    if (people.size > MOST_AGAIN) return null;
    const probe = probeAt(known, index);
    let scores: KeptScores = kept;
    for (const personId of people) {
      const evidence = collectAgain(known, probe, personId, scores);
      if (evidence === 'others') return null;
      scores = withPerson(scores, personId, evidence, (person, nearest) =>
        sumOfFaceTerms({ ...question, candidates: [person], nearest }, terms),
      );
    }
    this.#scores.set(index, { ...scores, newsKnown: this.#news.length });
    return scores;
  }

  /** By all evidence about the face. */
  keep({ index, terms }: Weighed, question: RankingQuestion): FaceScores {
    this.#collected++;
    const scores = scoreFaces(question, terms);
    this.#scores.set(index, { ...formerEvidence(question.candidates), ...scores, newsKnown: this.#news.length });
    return scores;
  }

  /** Those of faces of which `holds` says that nothing happened to them but to people in reach. */
  carriedOver({ people }: BankChanges, holds: (index: number) => boolean): ScoreMemory {
    const later = new ScoreMemory(people.size === 0 ? this.#news : [...this.#news, people]);
    for (const [index, scores] of this.#scores) if (holds(index)) later.#scores.set(index, scores);
    return later;
  }

  #peopleInNewsFrom(start: number): ReadonlySet<string> {
    const known = this.#inNewsFrom.get(start);
    if (known) return known;
    const people = new Set(this.#news.slice(start).flatMap((people) => [...people]));
    this.#inNewsFrom.set(start, people);
    return people;
  }
}

/** With what is known of one person now; null: the person is out of reach. */
function withPerson(
  former: KeptScores,
  personId: string,
  evidence: PersonEvidence | null,
  weigh: (person: PersonEvidence, nearest: NearestTwo) => number[],
): KeptScores {
  const before = former.personIds.indexOf(personId);
  if (before === -1 && !evidence) return former;
  const place = evidence ? rankAmong(former, personId, evidence.distances[0]) : -1;
  const moved = <Value>(column: readonly Value[], value: () => Value): Value[] => {
    const others = before === -1 ? column : column.toSpliced(before, 1);
    return evidence ? others.toSpliced(place, 0, value()) : [...others];
  };
  const distances = moved(former.distances, () => evidence!.distances[0]);
  return {
    ...former,
    personIds: moved(former.personIds, () => personId),
    distances,
    rivalDistances: moved(former.rivalDistances, () => evidence!.rivalDistance),
    scores: moved(former.scores, () => weigh(evidence!, nearestTwo(distances.slice(0, 2)))[0]!),
  };
}
