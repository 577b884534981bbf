import type { Face } from './faces.ts';
import type { IgnoredReason } from './ignored-reason.ts';
import type { LabelChange, LabelRevisions } from './labels.ts';
import type { Person } from './people.ts';
import type { Suggestion } from './suggestion.ts';

/**
 * What is asked:
 * - `group`: faces that seem to show one person whom nobody named. Who is it?
 * - `person`: faces that seem to show somebody who is known. Are they?
 * - `pair`: two people who look like one. Are they?
 * - `face`: one face. Who is it?
 */
export type ReviewCardKind = 'group' | 'person' | 'pair' | 'face';

export interface ReviewCardFace {
  face: Face;
  /** Who it most likely is; null when it resembles nobody. */
  suggestion: Suggestion | null;
}

/** One question, with all that it takes to answer it. */
export interface ReviewCard {
  /** The same for the same question: hand it to `review.answer`, or back to `review.next` among those for later. */
  cardId: string;
  kind: ReviewCardKind;
  /** Who it is said to be; null for "who is this?". */
  person: Pick<Person, 'personId' | 'displayName' | 'coverFaceId'> | null;
  /** Of a pair, who may be the same person as `person`. */
  other: Pick<Person, 'personId' | 'displayName' | 'coverFaceId'> | null;
  /** The surest first, one of a photo at most. Of a pair, confirmed faces of `other` that look like `person`. */
  faces: ReviewCardFace[];
  /** How many more faces wait behind these, about. */
  more: number;
  /** Faces that an answer settles for each key it takes, about: what the cards are ordered by. */
  gain: number;
}

/** Where a library stands: every face with a vector, of photos that are there, is counted once. */
export interface ReviewProgress {
  faces: number;
  /** Confirmed or imported. */
  named: number;
  /** Named by themselves. */
  guessed: number;
  /** Set aside: strangers, pictures, what is no face. */
  ignored: number;
  /** Neither: what is left to ask about, or to leave unknown. */
  waiting: number;
}

export interface ReviewNext {
  /** The most useful first; empty when there is nothing to ask. */
  cards: ReviewCard[];
  progress: ReviewProgress;
}

export interface NextCardsOptions {
  /** Cards wanted, 1 to 20. Default 1. */
  limit?: number;
  /** Ids of cards that are put off. */
  later?: readonly string[];
  signal?: AbortSignal;
}

/** What was said to a card. Every face may be in one of the lists; those in none stay as they are, and are asked about again. */
export interface CardAnswer {
  cardId: string;
  actor: string;
  /** These are the person of a `person` card, or whoever `personId` or `name` says. */
  faceIds?: readonly string[];
  /** Who `faceIds` are; of a single face, also who `notFaceIds` is not. */
  personId?: string;
  /** The name or alias of somebody; a person is made of it when nobody goes by it. */
  name?: string;
  /** These are not the card's person, or do not belong to its group: it sticks. */
  notFaceIds?: readonly string[];
  /** These are nobody. */
  nobodyFaceIds?: readonly string[];
  /** Why `nobodyFaceIds` are nobody. Default a stranger. */
  reason?: IgnoredReason;
  /** Of a pair, whether the two are one person. */
  same?: boolean;
  /** By face id, the `eventId` of each label as the card gave it: refuses (LABEL_CHANGED) to overwrite what was said since. */
  revisions?: LabelRevisions;
}

export interface AnsweredCard extends LabelChange {
  /** Who `faceIds` are; null when there were none. */
  personId: string | null;
  /** Faces that were to be named but are not, since the person stands in their photo by another face. */
  leftOutFaceIds: string[];
}
