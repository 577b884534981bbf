import { PhotoorgError } from '@photoorg/errors';
import pg from 'pg';
import {
  DatabaseBusyError,
  DatabaseDiskError,
  DatabaseMemoryError,
  DatabaseReadOnlyError,
  DatabaseTimeoutError,
  DatabaseUnavailableError,
  PermissionDeniedError,
} from '../../errors/database-errors.ts';

/** An error that PostgreSQL itself reported; the same class on both databases. `code` is the SQLSTATE. */
export const DatabaseError = pg.DatabaseError;
export type DatabaseError = pg.DatabaseError;

/** True for the given SQLSTATE, such as '23505' (unique violation), optionally of one constraint or index. */
export function isDatabaseError(error: unknown, code: string, constraint?: string): error is DatabaseError {
  return error instanceof DatabaseError && error.code === code && (constraint === undefined || error.constraint === constraint);
}

/**
 * What PostgreSQL says of itself rather than of the statement, by SQLSTATE:
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const conditions: Readonly<Record<string, (reason: string, cause: Error) => PhotoorgError>> = {
  /** serialization_failure */
  '40001': (reason, cause) => new DatabaseBusyError(reason, { isConflict: true, cause }),
  /** deadlock_detected */
  '40P01': (reason, cause) => new DatabaseBusyError(reason, { isConflict: true, cause }),
  /** lock_not_available: NOWAIT, or lock_timeout */
  '55P03': (reason, cause) => new DatabaseBusyError(reason, { isConflict: false, cause }),
  /** query_canceled: statement_timeout, or somebody's pg_cancel_backend */
  '57014': (reason, cause) => new DatabaseTimeoutError(reason, { cause }),
  /** idle_in_transaction_session_timeout and transaction_timeout, which also close the connection */
  '25P03': (reason, cause) => new DatabaseTimeoutError(reason, { cause }),
  '25P04': (reason, cause) => new DatabaseTimeoutError(reason, { cause }),
  /** read_only_sql_transaction */
  '25006': (reason, cause) => new DatabaseReadOnlyError(reason, { cause }),
  /** disk_full */
  '53100': (reason, cause) => new DatabaseDiskError('full', reason, { cause }),
  /** io_error */
  '58030': (reason, cause) => new DatabaseDiskError('failing', reason, { cause }),
  /** out_of_memory */
  '53200': (reason, cause) => new DatabaseMemoryError(reason, { cause }),
  /** insufficient_privilege */
  '42501': (reason, cause) =>
    new PermissionDeniedError(`PostgreSQL refused: ${reason}.`, {
      remedy: 'Let the owner of the database grant it to the role of the database URL.',
      cause,
    }),
};

/** Class 08 (connection exceptions), 57P01-57P05 (the server stops or closes idle sessions), the rest of class 53 (no connection left). */
const CONNECTION_LOST = /^(08...|57P0[1-5]|53...)$/;
const CONNECTION_LOST_TEXT =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired|Query read timeout/;

/**
 * Gives failures of the database itself their own class; an error about a statement passes as it is, since only the caller knows
 * what, say, a broken unique index means there.
 */
export function translateDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error) || PhotoorgError.isInstance(error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  const condition = Object.hasOwn(conditions, code) ? conditions[code] : undefined;
  if (condition) return condition(error.message, error);
  const networkFailed = 'syscall' in error || /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOST|ENET)/.test(code);
  if (networkFailed || CONNECTION_LOST.test(code) || CONNECTION_LOST_TEXT.test(error.message)) {
    return new DatabaseUnavailableError(`The connection to the database failed: ${error.message}.`, { cause: error });
  }
  return error;
}
