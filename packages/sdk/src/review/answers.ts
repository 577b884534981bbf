import { squaredDistance } from '../search/distance.ts';
import type { Estimates } from './estimate-faces.ts';
import { collectEvidence, isConfirmed, vectorOf } from './gallery.ts';
import { changesBetween } from './gallery-changes.ts';
import { EVIDENCE_REACH } from './person-evidence.ts';
import { type RankedPerson, rankPeople } from './rank-people.ts';

/** Answers kept at most, some kilobytes each: more than anybody reviews in a sitting. */
const MOST_KEPT = 2_000;
/** After more changed faces than that, a merge for instance, starting anew is cheaper than looking what still holds. */
const MOST_CHANGES = 200;

/** Who the open faces of a library are, as far as somebody asked: every answer is looked for once, until something changes it. */
export class Answers {
  readonly estimates: Estimates;
  readonly #ranked = new Map<number, readonly RankedPerson[]>();

  constructor(estimates: Estimates) {
    this.estimates = estimates;
  }

  /** Everybody in reach of a face of the bank, the likeliest first, by all confirmed faces. */
  rank(index: number): readonly RankedPerson[] {
    const known = this.#ranked.get(index);
    if (known) return known;
    const { bank, gallery } = this.estimates;
    const ranked = rankPeople(collectEvidence(bank, gallery, index));
    if (this.#ranked.size >= MOST_KEPT) this.#ranked.clear();
    this.#ranked.set(index, ranked);
    return ranked;
  }

  /**
   * The answers for later estimates of the same bank, with those that still hold: nothing happened in the face's photo, to a person
   * in its reach, or to a confirmed face in its reach.
   */
  carriedOver(estimates: Estimates): Answers {
    const answers = new Answers(estimates);
    const { bank } = estimates;
    const changed = changesBetween(this.estimates, estimates);
    if (changed.faces.length > MOST_CHANGES) return answers;
    const confirmed = changed.faces.filter((i) => isConfirmed(bank.faces[i]!));
    const limit = EVIDENCE_REACH ** 2;
    for (const [index, ranked] of this.#ranked) {
      if (changed.photos.has(bank.faces[index]!.photoId)) continue;
      if (ranked.some(({ evidence }) => changed.people.has(evidence.personId))) continue;
      const probe = vectorOf(bank, index);
      if (confirmed.some((face) => squaredDistance(bank.vectors, face * bank.dimension, probe, limit) <= limit)) continue;
      answers.#ranked.set(index, ranked);
    }
    return answers;
  }
}
