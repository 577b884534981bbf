import { changesBetween } from '../evidence/bank-changes.ts';
import { companyOf, isEvidence } from '../evidence/evidence-rules.ts';
import { vectorOf } from '../evidence/face-bank.ts';
import { collectEvidence, namedBeside } from '../evidence/gallery.ts';
import { EVIDENCE_REACH, type PersonEvidence } from '../evidence/person-evidence.ts';
import { squaredDistance } from '../search/distance.ts';
import type { Estimates } from './estimate-faces.ts';
import { type RankedPerson, rankPeople } from './rank-people.ts';
import type { RankingQuestion, ReadyTerm } from './terms/ranking-term.ts';

/** Answers kept at most, some kilobytes each: more than anybody reviews in a sitting. */
const MOST_KEPT = 2_000;
/** After more changed faces than that, a merge for instance, starting anew is cheaper than looking what still holds. */
const MOST_CHANGES = 200;

interface Answer {
  readonly evidence: readonly PersonEvidence[];
  /** By these terms. */
  readonly ranked?: { readonly terms: readonly ReadyTerm[]; readonly people: readonly RankedPerson[] };
}

/** Who the faces of a library are, as far as somebody asked: evidence is collected once, until something changes it. */
export class Answers {
  readonly estimates: Estimates;
  readonly #answers = new Map<number, Answer>();

  constructor(estimates: Estimates) {
    this.estimates = estimates;
  }

  /** Everybody in reach of a face of the bank, the likeliest first. */
  rank(index: number, terms: readonly ReadyTerm[]): readonly RankedPerson[] {
    const { evidence, ranked } = this.#answer(index);
    if (ranked?.terms === terms) return ranked.people;
    const people = rankPeople(this.question(index), terms);
    this.#answers.set(index, { evidence, ranked: { terms, people } });
    return people;
  }

  /** As `rank`, for who asks about every face once: an answer that is not known yet is not kept. */
  rankOnce(index: number, terms: readonly ReadyTerm[]): readonly RankedPerson[] {
    if (this.#answers.has(index)) return this.rank(index, terms);
    return rankPeople(this.#questionWith(index, this.#collect(index)), terms);
  }

  /** A face of the bank, with everybody in its reach: what the ranking asks for. */
  question(index: number): RankingQuestion {
    return this.#questionWith(index, this.#answer(index).evidence);
  }

  #questionWith(index: number, candidates: readonly PersonEvidence[]): RankingQuestion {
    const { bank, gallery } = this.estimates;
    const face = bank.faces[index]!;
    return { space: bank.space, face, company: companyOf(face, namedBeside(gallery, face)), candidates };
  }

  #collect(index: number): PersonEvidence[] {
    return collectEvidence(this.estimates.bank, this.estimates.gallery, index);
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
   * The answers for later estimates of the same library, with those that still hold: nothing happened in the face's photo, to a person
   * in its reach, or to a face in its reach that speaks for somebody.
   */
  carriedOver(estimates: Estimates): Answers {
    const answers = new Answers(estimates);
    const { bank } = estimates;
    const changed = changesBetween(this.estimates.bank, bank);
    if (changed.faces.length > MOST_CHANGES) return answers;
    const speaking = changed.faces.filter((i) => isEvidence(bank.faces[i]!));
    const limit = EVIDENCE_REACH ** 2;
    for (const [index, answer] of this.#answers) {
      if (changed.photos.has(bank.faces[index]!.photoId)) continue;
      if (answer.evidence.some(({ personId }) => changed.people.has(personId))) continue;
      const probe = vectorOf(bank, index);
      if (speaking.some((face) => squaredDistance(bank.vectors, face * bank.dimension, probe, limit) <= limit)) continue;
      answers.#answers.set(index, answer);
    }
    return answers;
  }
}
