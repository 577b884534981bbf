/** Stands for nobody of those who have a name. */
export const NOBODY = -1;

/** Photos that carry names, and faces: which face is whose? Photos, faces and people are numbers from 0 on. */
export interface Puzzle {
  /** The photo of each face. */
  readonly photoOf: Int32Array;
  /** Who is somewhere on each photo, as its metadata says. */
  readonly names: readonly (readonly number[])[];
  readonly people: number;
  /** Of each face, one after the other, scaled to distances like dlib's. */
  readonly vectors: Float32Array;
  readonly dimension: number;
  /** Natural logarithm of the L2 distance from each face to its nearest strangers. */
  readonly logCrowding: Float64Array;
  /** Faces that seem to show one person, each face in one group. */
  readonly groups: readonly (readonly number[])[];
  /** Who a face is by what was said of it; NOBODY where nothing was. */
  readonly said: Int32Array;
  /** By face: who it is not. */
  readonly barred: ReadonlyMap<number, ReadonlySet<number>>;
}

/** How good the names of a library are. */
export interface NameRates {
  /** Chance that a photo with names lacks that of somebody on it. */
  readonly missing: number;
  /** Chance that a name stands on a photo on which its bearer has no face. */
  readonly wrong: number;
}

/** By person, the chance that it is them; NOBODY among them. */
export type Belief = ReadonlyMap<number, number>;
