export type IngestRunStatus = 'running' | 'finished' | 'interrupted' | 'failed';

/** Files that a run met and did not take as photos, of one kind. */
export interface LeftOutFiles {
  /** As the scanner calls it: `film`, `BMP`, `PDF`, `archive`, … */
  kind: string;
  files: number;
  /** What to do to have them read; null where photoorg does not read them. */
  remedy: string | null;
}

export interface IngestRun {
  runId: string;
  /** sha256 of the canonical JSON of `config`: two runs with one hash did the same thing. */
  configHash: string;
  config: Record<string, unknown>;
  versions: Record<string, string>;
  status: IngestRunStatus;
  counts: Record<string, number>;
  /** Milliseconds by stage: walk, hash, metadata, pixels, faces, save. Files are worked on side by side, so that the sum may exceed the run's time. */
  stageMillis: Record<string, number>;
  /**
   * Files that were there and are no photos, or photos that need something else to be read; most first. null for a run that did not look at
   * everything, or has not ended.
   */
  leftOut: LeftOutFiles[] | null;
  startedAt: Date;
  finishedAt: Date | null;
}

/**
 * Where a file failed. The database holds any text, since another scanner or a newer photoorg may name other stages; those named here are
 * the ones of @photoorg/ingest and of indexing.
 */
export type IngestStage = 'walk' | 'hash' | 'metadata' | 'pixels' | 'faces' | 'save' | 'worker' | (string & Record<never, never>);

/**
 * Why a file failed, explained in docs/errors.md. The database holds any text, since another scanner, another analyzer or a newer photoorg
 * may give other codes; those named here are the ones that @photoorg/ingest, @photoorg/vision and indexing give of a file.
 */
export type IngestFileErrorCode =
  | 'DECODER_MISSING'
  | 'EXIFTOOL_MISSING'
  | 'FILE_CHANGED'
  | 'FILE_EMPTY'
  | 'FILE_TOO_LARGE'
  | 'FILE_UNREADABLE'
  | 'IMAGE_CORRUPT'
  | 'IMAGE_TIMEOUT'
  | 'IMAGE_TOO_LARGE'
  | 'IMAGE_TRUNCATED'
  | 'IMAGE_UNREADABLE'
  | 'METADATA_CRASH'
  | 'METADATA_TIMEOUT'
  | 'PHOTO_EDITED'
  | 'UNSUPPORTED_FORMAT'
  | 'WORKER_CRASHED'
  | 'WORKER_DIED'
  | (string & Record<never, never>);

/** A file that could not be read, and why. */
export interface IngestFileError {
  root: string;
  path: string;
  stage: IngestStage;
  code: IngestFileErrorCode;
  message: string;
  attempts: number;
  lastAt: Date;
}

export interface IngestRuns {
  /**
   * Begins a run, so that what it saves can say what made it; `indexPhotos` and the like do so themselves.
   *
   * @example
   * ```ts
   * const { runId } = await library.runs.start({ config: { source: 'old-album' }, versions: { importer: '1.0.0' } });
   * ```
   */
  start(options: {
    config: Record<string, unknown>;
    versions: Record<string, string>;
  }): Promise<{ runId: string; configHash: string }>;
  /**
   * Ends a run. Throws NotFoundError (RUN_NOT_FOUND).
   *
   * @example
   * ```ts
   * await library.runs.finish(runId, { status: 'finished', counts: { created: 120 } });
   * ```
   */
  finish(
    runId: string,
    options: {
      status: Exclude<IngestRunStatus, 'running'>;
      counts: Record<string, number>;
      stageMillis?: Record<string, number>;
      leftOut?: readonly LeftOutFiles[] | null;
    },
  ): Promise<void>;
  /**
   * Newest first, 20 unless `limit` says otherwise.
   *
   * @example
   * ```ts
   * const [last] = await library.runs.list({ limit: 1 });
   * console.log(last?.status, last?.counts);
   * ```
   */
  list(options?: { limit?: number }): Promise<IngestRun[]>;
  /**
   * Files that failed, latest first; `unresolved` leaves out those that work again.
   *
   * @example
   * ```ts
   * for (const { path, code, message } of await library.runs.errors({ unresolved: true })) console.warn(path, code, message);
   * ```
   */
  errors(options?: { runId?: string; unresolved?: boolean }): Promise<IngestFileError[]>;
}
