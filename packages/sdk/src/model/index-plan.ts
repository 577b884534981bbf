import type { EmbeddingSpaceToSave } from './embedding-space.ts';

/** What decides the rows of an indexing; the machine that does the work, and how fast, does not. */
export interface IndexPlanOptions {
  /** Read the metadata inside the files. Default true. */
  exif?: boolean;
  /**
   * A person's own rules for the shot time, of `readDateRules` of @photoorg/ingest. Photos whose time was chosen by other rules are read
   * again. Needs `exif`.
   */
  dateRules?: object;
  /** Name the places of photos with a position. Default true. */
  places?: boolean;
  /**
   * Label faces as other programs did, in the files or their sidecars. Needs `exif`, and an analyzer for regions in which no face was
   * found. Default true.
   */
  importRegions?: boolean;
  /** Keep a cut-out of each face; a scanner that renders thumbnails of photos does so. Default true. */
  thumbnails?: boolean;
  /** Mark files as missing even when more than a fifth of them vanished at once, or the whole folder. Default false. */
  acceptMissing?: boolean;
}

/** How faces are found and embedded: what an analyzer says of itself. */
export interface FacesPlan {
  space: EmbeddingSpaceToSave;
  /** Name of what finds the boxes. */
  detector: string;
  /** Weights, thresholds and runtime, as they are stored with each face. */
  provenance: Record<string, unknown>;
  /** Whether a cut-out of each face is kept. */
  crops: boolean;
}

/**
 * What an indexing makes of files: the same plan over the same files gives the same rows, whoever carries it out. It is stored with its root as
 * the run's config, and read alike by a direct run, a watch and the workers of a queue.
 */
export interface IndexPlan {
  exif: boolean;
  dateRules: object | null;
  places: boolean;
  /** Whether labels of other programs are taken over. */
  regions: boolean;
  /** Whether thumbnails of photos are wanted, which are files. */
  thumbnails: boolean;
  /** null: faces are not looked for. */
  faces: FacesPlan | null;
  acceptMissing: boolean;
}
