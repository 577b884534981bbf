import { PhotoorgError } from '@photoorg/errors';

/**
 * The database does not answer, refused the log-in, or went away.
 *
 * @example
 * ```ts
 * if (error instanceof DatabaseUnavailableError && error.retryable) setTimeout(() => openPhotoLibrary(), 5_000);
 * ```
 */
export class DatabaseUnavailableError extends PhotoorgError<'DATABASE_UNAVAILABLE'> {
  constructor(message: string, options: { remedy?: string; cause?: unknown; retryable?: boolean } = {}) {
    super({ code: 'DATABASE_UNAVAILABLE', message, retryable: true, ...options });
  }
}

/**
 * The connection was lost while a change was being saved: it may be saved or not. One that was lost earlier saved nothing.
 *
 * @example
 * ```ts
 * if (error instanceof OutcomeUnknownError) console.error(error.remedy); // look first
 * ```
 */
export class OutcomeUnknownError extends PhotoorgError<'OUTCOME_UNKNOWN'> {
  constructor(cause: PhotoorgError) {
    super({
      code: 'OUTCOME_UNKNOWN',
      message: `The database went away while a change was being saved, which it may be or not: ${cause.message}`,
      remedy:
        'Look whether the change is there before you repeat it; a change made by idempotency.run can be repeated with its key.',
      cause,
    });
  }
}

/**
 * Another task was in the way: a deadlock or a conflict that went on through several tries, or a lock that did not come in time.
 *
 * @example
 * ```ts
 * if (error instanceof DatabaseBusyError && error.isConflict) console.error('run all of it again');
 * ```
 */
export class DatabaseBusyError extends PhotoorgError<'DATABASE_BUSY'> {
  /** True when all of the transaction can be run again at once: PostgreSQL gave it up to end a deadlock or a conflict. */
  readonly isConflict: boolean;

  constructor(reason: string, options: { isConflict: boolean; cause?: unknown }) {
    super({
      code: 'DATABASE_BUSY',
      message: `The database was busy with other changes: ${reason}. Nothing was changed.`,
      remedy: 'Do the same again in a moment.',
      retryable: true,
      cause: options.cause,
    });
    this.isConflict = options.isConflict;
  }
}

/**
 * The server ended a statement that took too long, or somebody at the server did. The caller's own signal is not told by this.
 *
 * @example
 * ```ts
 * if (error instanceof DatabaseTimeoutError) console.error(`${error.message} ${error.remedy}`);
 * ```
 */
export class DatabaseTimeoutError extends PhotoorgError<'DATABASE_TIMEOUT'> {
  constructor(reason: string, options: { cause?: unknown } = {}) {
    super({
      code: 'DATABASE_TIMEOUT',
      message: `The server ended a statement: ${reason}. Nothing was changed.`,
      remedy: 'Do the same again when the server has less to do, or raise statement_timeout of its role or database.',
      retryable: true,
      ...options,
    });
  }
}

/**
 * The server has no memory left for a statement.
 *
 * @example
 * ```ts
 * if (error instanceof DatabaseMemoryError) console.error(error.remedy);
 * ```
 */
export class DatabaseMemoryError extends PhotoorgError<'DATABASE_OUT_OF_MEMORY'> {
  constructor(reason: string, options: { cause?: unknown } = {}) {
    super({
      code: 'DATABASE_OUT_OF_MEMORY',
      message: `The server has no memory left: ${reason}. Nothing was changed.`,
      remedy: 'Do the same again when it has less to do, or give it more memory.',
      retryable: true,
      ...options,
    });
  }
}

/**
 * The database takes no changes: it is a replica, or somebody set it so.
 *
 * @example
 * ```ts
 * if (error instanceof DatabaseReadOnlyError) console.error(error.remedy);
 * ```
 */
export class DatabaseReadOnlyError extends PhotoorgError<'DATABASE_READ_ONLY'> {
  constructor(reason: string, options: { cause?: unknown } = {}) {
    super({
      code: 'DATABASE_READ_ONLY',
      message: `The database takes no changes: ${reason}.`,
      remedy:
        'Name the primary server in the database URL, or turn default_transaction_read_only off. Hosted servers turn it on when their disk is full.',
      ...options,
    });
  }
}

interface DiskErrorOptions {
  cause?: unknown;
  /** Whether the change that met it may be saved all the same. Default false. */
  inDoubt?: boolean;
}

/**
 * The disk under the database is full (`DISK_FULL`) or fails (`DISK_IO_ERROR`). What was acknowledged before is saved.
 *
 * @example
 * ```ts
 * if (error instanceof DatabaseDiskError && error.retryable) console.error(`free some space: ${error.message}`);
 * ```
 */
export class DatabaseDiskError extends PhotoorgError<'DISK_FULL' | 'DISK_IO_ERROR'> {
  readonly #kind: 'full' | 'failing';
  readonly #reason: string;

  constructor(kind: 'full' | 'failing', reason: string, options: DiskErrorOptions = {}) {
    const { cause, inDoubt = false } = options;
    const state = kind === 'full' ? 'is full' : 'fails';
    const advice = kind === 'full' ? 'Free some space' : 'Look into the log of the system, and copy the database to another disk';
    super({
      code: kind === 'full' ? 'DISK_FULL' : 'DISK_IO_ERROR',
      message: `The disk of the database ${state}: ${reason}.`,
      remedy: `${advice}. What was acknowledged is saved${inDoubt ? '; look whether this change is, before you repeat it' : ''}.`,
      retryable: kind === 'full' && !inDoubt,
      cause,
    });
    this.#kind = kind;
    this.#reason = reason;
  }

  /**
   * The same, for a change that was being saved.
   *
   * @example
   * ```ts
   * if (error instanceof DatabaseDiskError) throw error.inDoubt();
   * ```
   */
  inDoubt(): DatabaseDiskError {
    return new DatabaseDiskError(this.#kind, this.#reason, { cause: this.cause, inDoubt: true });
  }
}

/**
 * Another process (or another open library of this one) holds the embedded database's folder.
 *
 * @example
 * ```ts
 * if (error instanceof LibraryLockedError) console.error(`process ${error.ownerPid} has the library open`);
 * ```
 */
export class LibraryLockedError extends PhotoorgError<'LIBRARY_LOCKED'> {
  /** Process that holds the folder. */
  readonly ownerPid: number;

  /** `host`: where that process lives, when it is not this process's own host and container. */
  constructor(folder: string, ownerPid: number, host: string | null = null) {
    const isThis = host === null && ownerPid === process.pid;
    const owner = isThis ? `this process (${ownerPid})` : `process ${ownerPid}${host === null ? '' : ` on ${host}`}`;
    super({
      code: 'LIBRARY_LOCKED',
      message: `The photo library in ${folder} is in use by ${owner}.`,
      remedy: 'Close it there first, or use a PostgreSQL server (DATABASE_URL) to share a library between programs.',
      retryable: true,
    });
    this.ownerPid = ownerPid;
  }
}

/**
 * The server has no pgvector, or this role may not create the extension.
 *
 * @example
 * ```ts
 * if (error instanceof VectorExtensionMissingError) console.error(error.remedy); // the statement that a superuser runs
 * ```
 */
export class VectorExtensionMissingError extends PhotoorgError<'VECTOR_EXTENSION_MISSING'> {
  constructor(message: string, options: { remedy: string; cause?: unknown }) {
    super({ code: 'VECTOR_EXTENSION_MISSING', message, ...options });
  }
}

/**
 * The PostgreSQL server is older than photoorg supports.
 *
 * @example
 * ```ts
 * const database = error instanceof ServerTooOldError ? '.photoorg' : process.env.DATABASE_URL; // the embedded one instead
 * ```
 */
export class ServerTooOldError extends PhotoorgError<'SERVER_TOO_OLD'> {
  constructor(serverVersion: string, oldestSupported: number) {
    super({
      code: 'SERVER_TOO_OLD',
      message: `The server runs PostgreSQL ${serverVersion}; photoorg needs ${oldestSupported} or newer.`,
      remedy: 'Upgrade the server, or leave out DATABASE_URL to use the embedded database.',
    });
  }
}

/**
 * The role may not do what photoorg needs in this database.
 *
 * @example
 * ```ts
 * if (error instanceof PermissionDeniedError) console.error(error.remedy ?? error.message);
 * ```
 */
export class PermissionDeniedError extends PhotoorgError<'PERMISSION_DENIED'> {
  constructor(message: string, options: { remedy?: string; cause?: unknown } = {}) {
    super({ code: 'PERMISSION_DENIED', message, ...options });
  }
}

/**
 * The database was migrated by a newer photoorg.
 *
 * @example
 * ```ts
 * if (error instanceof SchemaTooNewError) console.error('npm install @photoorg/sdk@latest');
 * ```
 */
export class SchemaTooNewError extends PhotoorgError<'SCHEMA_TOO_NEW'> {
  constructor(found: number, known: number) {
    super({
      code: 'SCHEMA_TOO_NEW',
      message: `The database has schema version ${found}; this photoorg knows versions up to ${known}.`,
      remedy: 'Install the newer photoorg that migrated it.',
    });
  }
}

/**
 * The database lacks migrations and `migrate: false` forbids applying them.
 *
 * @example
 * ```ts
 * if (error instanceof SchemaTooOldError) await (await openPhotoLibrary({ migrate: true })).close();
 * ```
 */
export class SchemaTooOldError extends PhotoorgError<'SCHEMA_TOO_OLD'> {
  constructor(found: number, known: number) {
    super({
      code: 'SCHEMA_TOO_OLD',
      message: `The database has schema version ${found}; this photoorg needs version ${known}.`,
      remedy: 'Open it once with migrate: true (the default).',
    });
  }
}

/**
 * A call on a library after `close()`.
 *
 * @example
 * ```ts
 * if (error instanceof LibraryClosedError) console.error('await the last call before library.close()');
 * ```
 */
export class LibraryClosedError extends PhotoorgError<'LIBRARY_CLOSED'> {
  constructor() {
    super({ code: 'LIBRARY_CLOSED', message: 'The photo library is closed.', remedy: 'Open it again with openPhotoLibrary().' });
  }
}
