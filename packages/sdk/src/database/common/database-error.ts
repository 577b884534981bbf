import pg from 'pg';
import { DatabaseDiskError, DatabaseUnavailableError, PermissionDeniedError } from '../../errors/database-errors.ts';
import { PhotoorgError } from '../../errors/photoorg-error.ts';

/** An error that PostgreSQL itself reported; the same class on both databases. `code` is the SQLSTATE. */
export const DatabaseError = pg.DatabaseError;
export type DatabaseError = pg.DatabaseError;

/** True for the given SQLSTATE, such as '23505' (unique violation), optionally of one constraint or index. */
export function isDatabaseError(error: unknown, code: string, constraint?: string): error is DatabaseError {
  return error instanceof DatabaseError && error.code === code && (constraint === undefined || error.constraint === constraint);
}

const INSUFFICIENT_PRIVILEGE = '42501';
const DISK_FULL = '53100';
const IO_ERROR = '58030';
/** Class 08 (connection exceptions), 57P01-57P05 (the server stops or closes idle sessions), 53300 (too many connections). */
const CONNECTION_LOST = /^(08...|57P0[1-5]|53300)$/;
const CONNECTION_LOST_TEXT =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired|Query read timeout/;

/**
 * Gives failures of the connection, of permissions and of the disk their own class; an error about a statement passes as it is, since only
 * the caller knows what, say, a broken unique index means there.
 */
export function translateDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error) || PhotoorgError.isInstance(error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === INSUFFICIENT_PRIVILEGE) {
    return new PermissionDeniedError(`PostgreSQL refused: ${error.message}.`, {
      remedy: 'Let the owner of the database grant it to the role of the database URL.',
      cause: error,
    });
  }
  if (code === DISK_FULL) return new DatabaseDiskError('full', error.message, { cause: error });
  if (code === IO_ERROR) return new DatabaseDiskError('failing', error.message, { cause: error });
  const networkFailed = 'syscall' in error || /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOST|ENET)/.test(code);
  if (networkFailed || CONNECTION_LOST.test(code) || CONNECTION_LOST_TEXT.test(error.message)) {
    return new DatabaseUnavailableError(`The connection to the database failed: ${error.message}.`, { cause: error });
  }
  return error;
}
