import { PhotoorgError } from '@photoorg/errors';

export type MigrateErrorCode = 'SQLITE_UNREADABLE' | 'SQLITE_SCHEMA_UNKNOWN';

/**
 * The SQLite file cannot be copied at all. Single bad rows do not throw: they are reported and the rest is copied.
 *
 * @example
 * ```ts
 * await copySqliteToPostgres({ sqlite: 'photos.db', library }).catch((error: unknown) => {
 *   if (error instanceof MigrateError) console.error(error.code, error.message);
 *   else throw error;
 * });
 * ```
 */
export class MigrateError extends PhotoorgError<MigrateErrorCode> {
  constructor(code: MigrateErrorCode, message: string, options: { remedy?: string; cause?: unknown } = {}) {
    super({ code, message, ...options });
  }
}
