import { changesBetween } from '../evidence/bank-changes.ts';
import { collectEvidence, type Probe, probeAt } from '../evidence/collect-evidence.ts';
import { companyOf, isEvidence, isOpen, isRival } from '../evidence/evidence-rules.ts';
import { vectorOf } from '../evidence/face-bank.ts';
import { namedBeside } from '../evidence/gallery.ts';
import type { KnownFaces } from '../evidence/known-faces.ts';
import { EVIDENCE_REACH, type PersonEvidence } from '../evidence/person-evidence.ts';
import { squaredDistance } from '../search/distance.ts';
import { ESTIMATE_FLOOR } from './centre-model.ts';
import { type EstimatedFace, type Estimates, estimateFace, estimateFaces } from './estimate-faces.ts';
import { findLikeliest, type Likeliest, type RankedPerson, rankPeople } from './rank-people.ts';
import type { Ranking } from './ranking.ts';
import { ScoreMemory } from './score-memory.ts';
import type { FaceScores, RankingQuestion, ReadyTerm } from './terms/ranking-term.ts';

/** Answers kept at most, some kilobytes each: more than anybody reviews in a sitting. */
const MOST_KEPT = 2_000;
/** After more changed faces than that, a merge for instance, starting anew is cheaper than looking what still holds. */
const MOST_CHANGES = 2_000;

const NOBODY: ReadonlySet<string> = new Set();

interface Answer {
  readonly evidence: readonly PersonEvidence[];
  /** By this ranking. */
  readonly ranked?: { readonly ranking: Ranking; readonly people: readonly RankedPerson[] };
}

/** Who the faces of a library are, as far as somebody asked: evidence is collected once, until something changes it. */
export class Answers {
  readonly known: KnownFaces;
  readonly #answers = new Map<number, Answer>();
  readonly #scores: ScoreMemory;
  /** Of these faces, or of the same at an earlier time. */
  #estimates: Estimates | null = null;
  #estimating: Promise<unknown> = Promise.resolve();
  /** Those of these faces, by place in the bank. */
  #estimateAt: ReadonlyMap<number, EstimatedFace> | null = null;

  constructor(known: KnownFaces, scores = new ScoreMemory()) {
    this.known = known;
    this.#scores = scores;
  }

  /** Every face that may be asked about, with an estimate of who it is. Calls at once share the work of the first. */
  open(signal?: AbortSignal): Promise<readonly EstimatedFace[]> {
    const estimated = this.#estimating.then(async () => {
      const previous = this.#estimates;
      if (previous?.known !== this.known) this.#estimates = await estimateFaces(this.known, { previous, signal });
      return this.#estimates!.open;
    });
    this.#estimating = estimated.catch(() => {});
    return estimated;
  }

  /** Everybody in reach of a face of the bank, the likeliest first. */
  rank(index: number, ranking: Ranking): readonly RankedPerson[] {
    const { evidence, ranked } = this.#answer(index);
    if (ranked?.ranking === ranking) return ranked.people;
    const people = rankPeople(this.question(index), ranking);
    this.#answers.set(index, { evidence, ranked: { ranking, people } });
    return people;
  }

  /** As `rank`, for who asks about every face once: an answer that is not known yet is not kept. */
  rankOnce(index: number, ranking: Ranking): readonly RankedPerson[] {
    if (this.#answers.has(index)) return this.rank(index, ranking);
    return rankPeople(this.questionOnce(index), ranking);
  }

  /** Who a face of the bank most likely is. What its picture says is kept for every face that was asked about. */
  likeliest(index: number, ranking: Ranking): Likeliest | null {
    return findLikeliest(this.#scoresOf(index, ranking.terms), this.#around(index), ranking);
  }

  /** As `likeliest`, for a face that is likely to be ranked next: its evidence is collected once for both. */
  glance(index: number, ranking: Ranking): Likeliest | null {
    const scores = this.#knownScores(index, ranking.terms) ?? this.#keepScores(index, ranking.terms, this.question(index));
    return findLikeliest(scores, this.#around(index), ranking);
  }

  /** How many faces had to be compared with everybody for that. */
  get compared(): number {
    return this.#scores.collected;
  }

  #scoresOf(index: number, terms: readonly ReadyTerm[]): FaceScores {
    return this.#knownScores(index, terms) ?? this.#keepScores(index, terms, this.questionOnce(index));
  }

  #knownScores(index: number, terms: readonly ReadyTerm[]): FaceScores | null {
    return this.#scores.find(this.known, { index, terms }, this.#around(index));
  }

  #keepScores(index: number, terms: readonly ReadyTerm[], question: RankingQuestion): FaceScores {
    return this.#scores.keep({ index, terms }, question);
  }

  /** A face of the bank, with everybody in its reach: what the ranking asks for. */
  question(index: number): RankingQuestion {
    return this.#questionWith(index, this.#answer(index).evidence);
  }

  /** The same for who asks about every face once: nothing is kept. */
  questionOnce(index: number): RankingQuestion {
    return this.#questionWith(index, this.#collect(index));
  }

  /** The same for an embedding that is not stored, scaled like those of the bank. */
  questionFor(vector: Float32Array): RankingQuestion {
    const probe: Probe = { vector, index: null, photoId: null, excluded: NOBODY };
    return {
      space: this.known.bank.space,
      face: null,
      company: NOBODY,
      candidates: collectEvidence(this.known, probe),
      beside: () => [],
    };
  }

  #questionWith(index: number, candidates: readonly PersonEvidence[]): RankingQuestion {
    return { ...this.#around(index), candidates };
  }

  #around(index: number): Omit<RankingQuestion, 'candidates'> {
    const { bank, gallery } = this.known;
    const face = bank.faces[index]!;
    return {
      space: bank.space,
      face,
      company: companyOf(face, namedBeside(gallery, face)),
      beside: (terms) => this.#openBeside(index).map((other) => this.#scoresOf(other, terms)),
    };
  }

  /** Faces in the same photo that wait for a name, and resemble somebody. */
  #openBeside(index: number): number[] {
    const { bank } = this.known;
    return this.known
      .placesInPhoto(bank.faces[index]!.photoId)
      .filter((other) => other !== index && isOpen(bank.faces[other]!))
      .filter((other) => this.#estimateOf(other).confidence >= ESTIMATE_FLOOR);
  }

  #estimateOf(index: number): EstimatedFace {
    const estimates = this.#estimates;
    if (estimates?.known !== this.known) return estimateFace(this.known, index);
    this.#estimateAt ??= new Map(estimates.open.map((face) => [face.index, face]));
    return this.#estimateAt.get(index) ?? estimateFace(this.known, index);
  }

  #collect(index: number): PersonEvidence[] {
    return collectEvidence(this.known, probeAt(this.known, index));
  }

  #answer(index: number): Answer {
    const known = this.#answers.get(index);
    if (known) return known;
    const answer = { evidence: this.#collect(index) };
    if (this.#answers.size >= MOST_KEPT) this.#answers.clear();
    this.#answers.set(index, answer);
    return answer;
  }

  /**
   * The answers for the same library at a later time, with those that still hold: strangers and birth dates are the same, and nothing
   * happened in the face's photo, nor to a face in its reach that speaks against somebody. Scores also outlast changes of people in
   * reach, collected evidence does not.
   */
  carriedOver(known: KnownFaces): Answers {
    const { bank } = known;
    const anew = () => {
      const answers = new Answers(known);
      answers.#estimates = this.#estimates;
      return answers;
    };
    if (known.cohort !== this.known.cohort || bank.births !== this.known.bank.births) return anew();
    const changed = changesBetween(this.known.bank, bank);
    if (changed.faces.length > MOST_CHANGES) return anew();
    const states = (i: number) => [bank.faces[i], this.known.bank.faces[i]].filter((face) => face !== undefined);
    const rivals = changed.faces.filter((i) => states(i).some(isRival));
    const evidence = changed.faces.filter((i) => states(i).some(isEvidence));
    const banks = bank.vectors === this.known.bank.vectors ? [bank] : [bank, this.known.bank];
    const isNear = (index: number, faces: readonly number[]) => {
      const [probe, limit] = [vectorOf(bank, index), EVIDENCE_REACH ** 2];
      return banks.some(({ vectors, dimension }) =>
        faces.some((face) => squaredDistance(vectors, face * dimension, probe, limit) <= limit),
      );
    };
    const isSameAround = (index: number) => !changed.photos.has(bank.faces[index]!.photoId) && !isNear(index, rivals);
    const answers = new Answers(known, this.#scores.carriedOver(changed, isSameAround));
    answers.#estimates = this.#estimates;
    for (const [index, answer] of this.#answers) {
      const isSamePeople = !answer.evidence.some(({ personId }) => changed.people.has(personId)) && !isNear(index, evidence);
      if (isSamePeople && isSameAround(index)) answers.#answers.set(index, answer);
    }
    return answers;
  }
}
