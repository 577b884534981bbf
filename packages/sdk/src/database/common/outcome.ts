import { DatabaseDiskError, DatabaseUnavailableError, OutcomeUnknownError } from '../../errors/database-errors.ts';

const COMMIT = /^\s*commit\s*$/i;
const READS = /^\s*(?:select|show|explain|set|begin|start transaction|rollback)\b/i;
/** Of a statement that begins with WITH the rest tells; SELECT … FOR UPDATE changes nothing. */
const WITH = /^\s*with\b/i;
const WRITE = /\b(?:insert|delete|merge)\s|(?<!\b(?:for|key)\s+)\bupdate\s/i;

/** Whether the statement makes changes last when it succeeds: a COMMIT, or one that changes something outside of a transaction. */
export function savesChanges(statement: string, inTransaction: boolean): boolean {
  if (COMMIT.test(statement)) return true;
  if (inTransaction || READS.test(statement)) return false;
  return !WITH.test(statement) || WRITE.test(statement);
}

/** The error of such a statement that was sent and not answered: nobody knows whether it was saved. */
export function inDoubt(error: unknown): unknown {
  if (error instanceof DatabaseDiskError) return error.inDoubt();
  if (error instanceof DatabaseUnavailableError) return new OutcomeUnknownError(error);
  return error;
}

/**
 * Runs a change that leaves a trace by which it can tell, when it is run `again`, that it was saved the first time. It is then run
 * again when its outcome is unknown. Throws OutcomeUnknownError when the database still does not answer.
 */
export async function settleOutcome<T>(change: (options: { again: boolean }) => Promise<T>): Promise<T> {
  try {
    return await change({ again: false });
  } catch (unknown) {
    if (!(unknown instanceof OutcomeUnknownError)) throw unknown;
    return await change({ again: true }).catch((error: unknown) => {
      throw error instanceof DatabaseUnavailableError || error instanceof OutcomeUnknownError ? unknown : error;
    });
  }
}
