import type { FaceFacts } from '../../evidence/face-facts.ts';
import type { KnownFaces } from '../../evidence/known-faces.ts';
import type { PersonEvidence } from '../../evidence/person-evidence.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { NearestTwo } from './confidence-model.ts';

/** One face, and who it could be. */
export interface RankingQuestion extends PriorQuestion {
  /** Name of the embedding space that the candidates were found in; their distances are scaled to be like dlib's. */
  readonly space: string;
  /** Nearest first. */
  readonly candidates: readonly PersonEvidence[];
  /** What the pictures of other faces of its photo say, that wait for a name and may be somebody. */
  readonly beside: (terms: readonly ReadyTerm[]) => readonly FaceScores[];
}

/** What the picture of a face says: enough to rank it again when only what is around it changed. */
export interface FaceScores {
  /** Everybody in its reach, nearest first. */
  readonly personIds: readonly string[];
  /** Sum of the face terms of each. */
  readonly scores: readonly number[];
}

/** The same for a face term. */
export interface FaceQuestion extends Omit<RankingQuestion, 'beside'> {
  readonly nearest: NearestTwo;
}

/** The same without what the picture says. */
export interface PriorQuestion {
  /** null for an embedding that is not stored. */
  readonly face: FaceFacts | null;
  /** People who stand in its photo by another face, as somebody said. None of them is a candidate. */
  readonly company: ReadonlySet<string>;
  readonly candidates: readonly Pick<PersonEvidence, 'personId'>[];
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
export type Weigh<Question> = (question: Question) => readonly Weighing[];

/**
 * Goes by the picture of the face alone: what it says of a candidate follows from that candidate and from `nearest`, so that one of many
 * can be weighed again.
 */
export interface FaceTerm {
  readonly kind: 'face';
  readonly weigh: Weigh<FaceQuestion>;
}

/** What a prior may look at: the library, and its faces as they are held against each other now. */
export interface PriorSources {
  readonly context: LibraryContext;
  readonly known: KnownFaces;
  readonly signal?: AbortSignal;
}

/** A prior that knows what it needs. */
export interface ReadyPrior {
  readonly kind: 'prior';
  readonly weigh: Weigh<PriorQuestion>;
}

/** Goes by what is known around a face. One that must know something of the library reads it in `prepare`, and gives what weighs by it. */
export type PriorTerm =
  | ReadyPrior
  | { readonly kind: 'prior'; readonly prepare: (sources: PriorSources) => Promise<Weigh<PriorQuestion>> };

/**
 * A kind of knowledge about who a face is. `face` terms go by the picture; `prior` terms by what is known around it, such as time,
 * place and company: they rank, but a name is only applied by itself when the face terms alone are certain enough.
 *
 * A prior is prepared once for all faces until anything about faces, photos or people changes. Add a term to `RANKING_TERMS`;
 * docs/guides/ranking-terms.md shows how.
 */
export type RankingTerm = FaceTerm | PriorTerm;

/** A term that knows what it needs. */
export type ReadyTerm = FaceTerm | ReadyPrior;
