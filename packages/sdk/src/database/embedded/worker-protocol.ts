import type { LockClaim } from './lock-claim.ts';

/** What the worker needs to open its database. */
export interface EmbeddedWorkerOptions {
  /** Where the PostgreSQL cluster lies, and the lock under which it may be written; null keeps everything in memory. */
  folder: { readonly path: string; readonly lock: LockClaim } | null;
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
  | { kind: 'failed'; error: ErrorReply; disk: DiskFailure | null }
  | { kind: 'halted'; halt: Halt };

/** Why the thread ended itself in the middle of a statement. */
export type Halt =
  /** The folder is another program's now. */
  | { cause: 'lock-lost'; folder: string; loss: string }
  /** PostgreSQL gave up, as it does when its log cannot be written, or its lock cannot be read; `disk`: what the disk had refused before. */
  | { cause: 'panic'; message: string; disk: DiskFailure | null };

/** What the system said about the disk. */
export interface DiskFailure {
  /** As in `ENOSPC`. */
  code: string;
  message: string;
}
