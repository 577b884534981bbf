import type { Person } from './people.ts';

/** One thing that speaks for a person, or against. */
export interface SuggestionTerm {
  /** Such as `next person`; each once in a suggestion. */
  name: string;
  /** Natural logarithm of the odds that it adds: 0.7 doubles them, -0.7 halves them. */
  logOdds: number;
  /** A sentence with the figures it goes by. */
  because: string;
}

/** Who a face could be, judged by the confirmed and imported faces. */
export interface Suggestion {
  person: Pick<Person, 'personId' | 'displayName' | 'coverFaceId'>;
  /** 1 is the best. */
  rank: number;
  /** Probability that it is this person, 0 to 1; over all suggestions of a face at most 1. */
  confidence: number;
  /** Where that probability lies with a chance of 90 %: the narrower, the more confirmed faces stand behind it. */
  interval: { low: number; high: number };
  /** The same probability from the face alone, without what is known around it. */
  faceConfidence: number;
  /** Log-odds of this person against "none of them": the sum of `terms`. */
  score: number;
  /** What speaks for and against it, by name. */
  terms: SuggestionTerm[];
  /** L2 distance to the person's nearest confirmed face; in another space than dlib's, scaled to be like dlib's. */
  distance: number;
  /** Name of the embedding space that it was found in; the same for all suggestions of an answer. */
  space: string;
  /** The person's confirmed faces within 0.6. */
  supportingFaces: number;
  nearestFaceId: string;
  /** A sentence: how near, how many faces agree, how far the next person is. */
  reason: string;
  /** What the library's two thresholds say to this confidence; `auto_apply` only when they say so to `faceConfidence`, too. */
  action: 'auto_apply' | 'ask' | 'leave_unknown';
}
