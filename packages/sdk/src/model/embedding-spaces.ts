import type { EmbeddingSpace, EmbeddingSpaceToSave } from './embedding-space.ts';
import type { FaceEmbedderLike, RgbPixels } from './face-analyzer.ts';

/** A space, and how far this library is with it. */
export interface SpaceStatus extends EmbeddingSpace {
  /** Whether searches, suggestions and the review use it. */
  active: boolean;
  /** Faces of this library with a vector in it. */
  faces: number;
  /** Faces without one that could still get it. */
  missing: number;
  /** Faces that could not be embedded when it was filled; `failures` tells why. */
  failed: number;
}

export interface FillSpaceOptions {
  /** Embeds in the space that is to be filled; `createFaceAnalyzer` of @photoorg/vision gives one. */
  analyzer: FaceEmbedderLike;
  /** Reads what the analyzer cannot decode (HEIC, RAW): `readUnusualPixels` of @photoorg/ingest. Null for what it need not read. */
  readPixels?: (file: string | Uint8Array, options: { signal?: AbortSignal }) => Promise<RgbPixels | null>;
  /** Try again what failed before. Default false: only what may pass by itself, such as a disk that was not there. */
  retryFailed?: boolean;
  /** Photos under way at one time. Default: one more than there are cores. */
  concurrency?: number;
  /** Stops cleanly: what is done is saved, and the next fill goes on from there. */
  signal?: AbortSignal;
  onProgress?: (progress: FillSpaceProgress) => void;
}

export interface FillSpaceProgress {
  /** Faces embedded so far. */
  embedded: number;
  /** Faces that could not be. */
  failed: number;
  /** Faces there were to embed at the start. */
  total: number;
}

export interface FillSpaceResult extends FillSpaceProgress {
  space: string;
  interrupted: boolean;
  /** Faces that still have no vector there: failed ones, and those left by an interrupted run. */
  missing: number;
}

/** A face that a fill could not embed. */
export interface EmbeddingFailure {
  faceId: string;
  photoId: string;
  /** One of these, or what the analyzer said, which may be anything. */
  code: 'ORIGINAL_MISSING' | 'PHOTO_CHANGED' | 'PIXELS_NEEDED' | 'FACE_OUTSIDE' | (string & Record<never, never>);
  message: string;
  attempts: number;
  lastAt: Date;
}

/** How well one space tells the confirmed people of a library apart. */
export interface SpaceSeparation {
  space: string;
  /** Share of faces whose nearest other confirmed face is of the same person. */
  rank1: number;
  /**
   * Share of faces that could be named with at most one name in 200 wrong, when as many faces of people who are not named are shown:
   * the largest, over all bounds on how much nearer the nearest person must be than the next.
   */
  coverage: number;
  /** Median L2 distance to the nearest face of the same person, and of anybody else. */
  sameDistance: number;
  otherDistance: number;
}

/** A confirmed face that two spaces take for different people. */
export interface SpaceDisagreement {
  faceId: string;
  /** Who it is, by its label. */
  personId: string;
  /** Nearest person in each space, in the order of `spaces`. */
  nearest: { personId: string; distance: number }[];
}

export interface SpaceComparison {
  /** The active space first, or the one given as `with`. */
  spaces: [SpaceSeparation, SpaceSeparation];
  /** Confirmed faces with a vector in both, of people with at least two of them; what was compared. */
  faces: number;
  people: number;
  /** At most 50, those that one space is surest of first. */
  disagreements: SpaceDisagreement[];
}

/** That a library went from one space to another. */
export interface SpaceSwitch {
  switchId: string;
  from: string | null;
  to: string;
  actor: string;
  /** The switch that this one takes back. */
  undoes: string | null;
  createdAt: Date;
}

/**
 * The embedding spaces of a library side by side. One is active: every search, suggestion and queue uses that one and no other, until
 * another takes its place. A new model is added, filled beside the serving one, compared with it, and then used; and taken back when it
 * disappoints. Names stay with the faces, whatever space is used.
 *
 * @example
 * ```ts
 * await using analyzer = await createFaceAnalyzer({ embedder: { quantisation: 'int8' } });
 * await library.spaces.fill({ analyzer });
 * const { spaces } = await library.spaces.compare({ space: analyzer.space.name });
 * console.log(spaces.map(({ space, rank1 }) => `${space}: ${rank1}`));
 * await library.spaces.use({ space: analyzer.space.name, actor: 'mia' });
 * await library.spaces.rollback({ actor: 'mia' });
 * ```
 */
export interface EmbeddingSpaces {
  /**
   * The space of that name, made when new; a library's first is its active one. Throws SpaceMismatchError when the name stands for something else
   * already.
   *
   * @example
   * ```ts
   * const { spaceId } = await library.spaces.ensure(analyzer.space);
   * ```
   */
  ensure(space: EmbeddingSpaceToSave): Promise<{ spaceId: string }>;
  /**
   * Every space of the database, with how far this library is.
   *
   * @example
   * ```ts
   * for (const { name, active, missing } of await library.spaces.list()) console.log(active ? '*' : ' ', name, missing);
   * ```
   */
  list(): Promise<SpaceStatus[]>;
  /**
   * Throws NotFoundError (SPACE_NOT_FOUND).
   *
   * @example
   * ```ts
   * const { dimension } = await library.spaces.get(analyzer.space.name);
   * ```
   */
  get(nameOrId: string): Promise<EmbeddingSpace>;
  /**
   * The space that serves; null in a library without faces.
   *
   * @example
   * ```ts
   * const active = await library.spaces.active();
   * if (active && active.name !== analyzer.space.name) console.warn(`the library serves ${active.name}`);
   * ```
   */
  active(): Promise<EmbeddingSpace | null>;
  /**
   * Gives every face of the library a vector in the analyzer's space, by its stored box and landmarks, from the photo as it lies on the disk. The
   * active space serves meanwhile. Only what is missing is done, so that it may be stopped, killed and run again. A photo that is not there or was
   * edited since is counted as failed, and tried again by a later run.
   *
   * @example
   * ```ts
   * const { missing } = await library.spaces.fill({ analyzer, readPixels: readUnusualPixels });
   * ```
   */
  fill(options: FillSpaceOptions): Promise<FillSpaceResult>;
  /**
   * Faces that a fill could not embed, latest first.
   *
   * @example
   * ```ts
   * for (const { faceId, code, message } of await library.spaces.failures({ space: analyzer.space.name, limit: 10 })) {
   *   console.warn(faceId, code, message);
   * }
   * ```
   */
  failures(options: { space: string; limit?: number }): Promise<EmbeddingFailure[]>;
  /**
   * How the confirmed people separate in a space, beside the active one or the one given as `with`. Throws InvalidInputError when fewer than two
   * people have two confirmed faces each with a vector in both.
   *
   * @example
   * ```ts
   * const { spaces, disagreements } = await library.spaces.compare({ space: analyzer.space.name });
   * for (const { space, coverage } of spaces) console.log(space, `${(100 * coverage).toFixed(1)} % named`);
   * ```
   */
  compare(options: {
    space: string;
    with?: string;
    /** Faces that are tried, drawn evenly. Default 1,000. */
    probes?: number;
    signal?: AbortSignal;
    onProgress?: (progress: { done: number; total: number }) => void;
  }): Promise<SpaceComparison>;
  /**
   * Lets a space serve from now on, in one transaction. Throws ConflictError (SPACE_INCOMPLETE) when labelled faces have no vector in it, whose
   * names would be out of sight, unless `incomplete` allows it.
   *
   * @example
   * ```ts
   * const { from, to } = await library.spaces.use({ space: analyzer.space.name, actor: 'mia' });
   * ```
   */
  use(options: { space: string; incomplete?: boolean; actor: string }): Promise<SpaceSwitch>;
  /**
   * Takes back the last switch that was not taken back yet. Throws NotFoundError (SPACE_NOT_FOUND) when there is none.
   *
   * @example
   * ```ts
   * const { to } = await library.spaces.rollback({ actor: 'mia' });
   * console.log(`back to ${to}`);
   * ```
   */
  rollback(options: { actor: string }): Promise<SpaceSwitch>;
  /**
   * Who chose which space when, latest first.
   *
   * @example
   * ```ts
   * for (const { createdAt, actor, to } of await library.spaces.switches()) console.log(createdAt, actor, to);
   * ```
   */
  switches(): Promise<SpaceSwitch[]>;
}
