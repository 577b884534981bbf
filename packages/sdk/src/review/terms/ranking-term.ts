import type { FaceFacts } from '../../evidence/face-facts.ts';
import type { PersonEvidence } from '../../evidence/person-evidence.ts';
import type { LibraryContext } from '../../library/library-context.ts';

/** One face, and who it could be. */
export interface RankingQuestion {
  /** Name of the embedding space that the candidates were found in; their distances are scaled to be like dlib's. */
  readonly space: string;
  /** null for an embedding that is not stored. */
  readonly face: FaceFacts | null;
  /** People who stand in its photo by another face, as somebody said. None of them is a candidate. */
  readonly company: ReadonlySet<string>;
  /** Nearest first. */
  readonly candidates: readonly PersonEvidence[];
}

/** One thing that speaks for the candidates, or against. */
export interface Weighing {
  /** Unique among all terms. */
  readonly name: string;
  /**
   * For each candidate, in their order: natural logarithm of the odds it adds against "none of them", a finite number; null where there
   * is nothing to say. What cannot be at all is a rule (`evidence-rules.ts`), not a weight.
   */
  readonly logOdds: readonly (number | null)[];
  /** A sentence with the figures it goes by, about the candidate at that place; asked for only where it is shown. */
  readonly because: (candidate: number) => string;
}

/** Synchronous, and called for every face of a library: a look-up and a sum, no query. */
export type Weigh = (question: RankingQuestion) => readonly Weighing[];

/**
 * A kind of knowledge about who a face is. `face` terms go by the picture; `prior` terms by what is known around it, such as time,
 * place and company: they rank, but a name is only applied by itself when the face terms alone are certain enough.
 *
 * A term that must know something of the library reads it in `prepare`, once for all faces until anything about faces, photos or
 * people changes, and gives the function that weighs by it. Add a term to `RANKING_TERMS`; docs/guides/ranking-terms.md shows how.
 */
export type RankingTerm = { readonly kind: 'face' | 'prior' } & (
  | { readonly weigh: Weigh }
  | { readonly prepare: (context: LibraryContext, signal?: AbortSignal) => Promise<Weigh> }
);

/** A term that knows what it needs. */
export interface ReadyTerm {
  readonly kind: RankingTerm['kind'];
  readonly weigh: Weigh;
}
