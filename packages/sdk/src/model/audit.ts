import type { Person } from './people.ts';

/**
 * Why a label is doubted: the face looks more like somebody else; it is unlike the other faces of its person; its photo was taken
 * before the person was born; the person stands in the photo by another face, too; or in another photo, so far away that nobody could
 * have come from there in time, as instants and positions say that the photos themselves know.
 */
export type DoubtKind = 'another_person' | 'unlike_the_others' | 'before_birth' | 'twice_in_photo' | 'two_places';

/** Where the person of a label was seen as well. */
export interface Elsewhere {
  faceId: string;
  photoId: string;
  /** Between the two photos. */
  kilometres: number;
  /** How much later the other photo was taken; below 0 for an earlier one. */
  minutes: number;
}

/** A confirmed or imported label that may be wrong. */
export interface DoubtedLabel {
  faceId: string;
  photoId: string;
  person: Pick<Person, 'personId' | 'displayName'>;
  kinds: DoubtKind[];
  /** Who the face looks like instead, and the confidence in that as if nobody had named it; null for nobody in reach. */
  instead: { person: Pick<Person, 'personId' | 'displayName'>; confidence: number } | null;
  /** Of the other photos that speak against it (`two_places`), the one that cannot be the most; null for none. */
  elsewhere: Elsewhere | null;
  /** The confidence in the label, as if nobody had named the face: 0 to 1. */
  confidence: number;
  /** Log-odds of the likeliest alternative against the label; null for what cannot be at all, which comes first. */
  doubt: number | null;
  /** A sentence with the figures it goes by. */
  reason: string;
}
