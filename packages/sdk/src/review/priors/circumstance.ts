import type { PriorName } from '../../model/priors.ts';
import type { Count } from './back-off.ts';
import type { Occasion, Sighting } from './sightings.ts';

/** What a prior looks at: a photo, who else is on it, and whom it may show. */
export interface Circumstances {
  readonly occasion: Occasion;
  readonly company: ReadonlySet<string>;
  /** Who is on the photo as somebody said, the face that is asked about included: none of it counts. */
  readonly ownPeople: readonly string[];
}

/** How often somebody was seen under like circumstances. */
export interface Experience {
  readonly usual: Count;
  /** From the widest circumstances to the narrowest. */
  readonly narrowing: readonly Count[];
}

/** Gives what is known of one person. */
export type Remember = (personId: string) => Experience;

/** Something around a face that tells who it may be. */
export interface Circumstance {
  readonly name: PriorName;
  /** How near the counts are, from the widest to the narrowest: the end of "3 of 10 are this person ...". */
  readonly reaches: readonly string[];
  /** False for a photo of which it says nothing, such as one without a place. */
  readonly applies: (circumstances: Circumstances) => boolean;
  /** Counts what was seen, for all photos that follow. */
  readonly learn: (sightings: ReadonlyMap<string, Sighting>) => (circumstances: Circumstances) => Remember;
}
