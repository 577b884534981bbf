import type { FaceFacts } from '../evidence/face-facts.ts';

/** Where a face stood, and how crowded it is there. */
export interface FormerPlace {
  readonly groupId: string;
  /** Faces of one person need not be alike: those of one part are. */
  readonly part: number;
  readonly logCrowding: number;
}

export interface FacesToGroup {
  /** By id, ascending: the groups then do not depend on the order in which they were read. */
  readonly faces: readonly FaceFacts[];
  /** One after the other, scaled to distances like dlib's. */
  readonly vectors: Float32Array;
  readonly dimension: number;
  /** Named faces without a vector: whom else their photos show. */
  readonly withoutVector: Iterable<FaceFacts>;
  /** Pairs of places that somebody said to be one person, or not to be. */
  readonly linked: readonly (readonly [number, number])[];
  readonly apart: readonly (readonly [number, number])[];
  /** By place, where it stood; null for a face that is new, or for all to be grouped anew. */
  readonly former: (place: number) => FormerPlace | null;
}
