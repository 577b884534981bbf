/** What the worker needs to open its database. */
export interface EmbeddedWorkerOptions {
  /** Folder of the PostgreSQL cluster; null keeps everything in memory. */
  dataFolder: string | null;
  durability: 'full' | 'relaxed';
  /** Tar of a cluster to start from instead of running initdb; only for a database that does not exist yet. */
  template: Uint8Array | null;
}

export type WorkerRequest =
  | { id: number; kind: 'query'; sql: string; parameters: readonly unknown[]; copy: Uint8Array | null }
  | { id: number; kind: 'dump' }
  | { id: number; kind: 'count-syncs' }
  | { id: number; kind: 'close' };

export interface QueryReply {
  command: string | null;
  rows: Record<string, unknown>[];
  affectedRows: number | null;
}

/** A PostgreSQL error as plain data: structured cloning would drop its own fields. */
export interface ErrorReply {
  message: string;
  /** SQLSTATE and the other fields of the protocol's ErrorResponse; null for an error of PGlite itself. */
  fields: Record<string, unknown> | null;
}

export type WorkerReply =
  | { id: number; kind: 'result'; value: unknown }
  | { id: number; kind: 'error'; error: ErrorReply }
  | { kind: 'ready' }
  | { kind: 'failed'; error: ErrorReply };
