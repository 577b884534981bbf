export interface IngestRun {
  runId: string;
  /** sha256 of the canonical JSON of `config`: two runs with one hash did the same thing. */
  configHash: string;
  config: Record<string, unknown>;
  versions: Record<string, string>;
  /** running, finished, interrupted or failed. */
  status: string;
  counts: Record<string, number>;
  /** Milliseconds by stage: walk, hash, metadata, pixels, faces, save. Files are worked on side by side, so that the sum may exceed the run's time. */
  stageMillis: Record<string, number>;
  startedAt: Date;
  finishedAt: Date | null;
}

/** A file that could not be read, and why. */
export interface IngestFileError {
  root: string;
  path: string;
  /** Where it failed, e.g. `read`, `metadata`, `faces`. */
  stage: string;
  code: string;
  message: string;
  attempts: number;
  lastAt: Date;
}

export interface IngestRuns {
  start(options: {
    config: Record<string, unknown>;
    versions: Record<string, string>;
  }): Promise<{ runId: string; configHash: string }>;
  finish(
    runId: string,
    options: {
      status: 'finished' | 'interrupted' | 'failed';
      counts: Record<string, number>;
      stageMillis?: Record<string, number>;
    },
  ): Promise<void>;
  /** Newest first. */
  list(options?: { limit?: number }): Promise<IngestRun[]>;
  /** Files that failed, latest first; `unresolved` leaves out those that work again. */
  errors(options?: { runId?: string; unresolved?: boolean }): Promise<IngestFileError[]>;
}
