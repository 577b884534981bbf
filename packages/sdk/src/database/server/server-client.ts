import type { PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DatabaseError, translateDatabaseError } from '../common/database-error.ts';
import { inDoubt, savesChanges } from '../common/outcome.ts';
import { retryConflicts } from '../common/retry-conflicts.ts';
import { CopyData } from '../copy/copy-data.ts';
import { STATEMENT_TIMEOUT_MILLIS } from './session-settings.ts';

/** The client gives up a little after the server should have: only a dead network gets here. */
const QUERY_TIMEOUT_MILLIS = STATEMENT_TIMEOUT_MILLIS + 30_000;
/** These may rightly take hours on a large library; whoever starts one lifts the server's limit with SET LOCAL. */
const LONG_STATEMENT = /^\s*(?:CREATE INDEX|ANALYZE|VACUUM)\b/i;
const LONGEST_TIMER_MILLIS = 2 ** 31 - 1;
const BEGINS = /^\s*(?:begin|start transaction)\b/i;
const ENDS = /^\s*(?:commit|rollback)\s*$/i;
const ROLLBACK = /^\s*rollback\s*$/i;
const ROLLED_BACK = { command: 'ROLLBACK', rowCount: null, rows: [] };
/** Kysely has told the caller of a cancelled statement already, and would write an error to the console. */
const CANCELLED = { command: 'CANCEL', rowCount: 0, rows: [] };

/** What node-postgres says of a connection that was known to be lost before the statement. */
const NOT_QUERYABLE = /is not queryable/;
/** With these the server ends the connection; any other error of its own says that the statement did nothing. */
const CONNECTION_ENDED = /^(?:08|57P)/;

type Query = PostgresPoolClient['query'];

/** A connection of the pool, with COPY as an ordinary statement, typed errors, and conflicts of single statements tried again. */
export class ServerClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  readonly #cancelled: Set<number>;
  readonly query: Query;
  #inTransaction = false;

  /** `cancelled`: numbers of the backends whose statement was cancelled on behalf of its caller. */
  constructor(client: pg.PoolClient, cancelled: Set<number>) {
    this.#client = client;
    this.#cancelled = cancelled;
    this.query = ((sql: string, parameters: readonly unknown[] = []) => this.#run(sql, parameters)) as Query;
  }

  /** Kysely reads the backend's number here, to cancel a statement from another connection. */
  get processID(): number | undefined {
    return (this.#client as pg.PoolClient & { processID?: number }).processID;
  }

  release(discard?: boolean): void {
    this.#client.release(discard);
  }

  async #run(sql: string, parameters: readonly unknown[]): Promise<unknown> {
    this.#cancelled.delete(this.processID ?? 0);
    const saves = savesChanges(sql, this.#inTransaction);
    const send = () => this.#send(sql, parameters, saves);
    const ends = ENDS.test(sql);
    // A COMMIT that failed has ended its transaction: a second one would commit nothing, and say that it did.
    const isWholeTransaction = !this.#inTransaction && !ends;
    if (ends) this.#inTransaction = false;
    const answer = await (isWholeTransaction ? retryConflicts(send) : send());
    if (BEGINS.test(sql)) this.#inTransaction = true;
    return answer;
  }

  async #send(sql: string, parameters: readonly unknown[], saves: boolean): Promise<unknown> {
    const copy = CopyData.of(parameters);
    const { processID = 0 } = this;
    if (this.#cancelled.delete(processID)) return CANCELLED;
    try {
      if (copy) return await this.#copy(sql, copy.bytes);
      const query_timeout = LONG_STATEMENT.test(sql) ? LONGEST_TIMER_MILLIS : QUERY_TIMEOUT_MILLIS;
      // The types of node-postgres leave out that a query may have a timeout of its own.
      return await this.#client.query({ text: sql, values: [...parameters], query_timeout } as pg.QueryConfig);
    } catch (error) {
      if (this.#cancelled.delete(processID)) return CANCELLED;
      // Without its connection a transaction is rolled back already; Kysely would throw this instead of what went wrong.
      if (ROLLBACK.test(sql) && isKnownLost(error)) return ROLLED_BACK;
      const translated = translateDatabaseError(error);
      throw saves && mayBeDone(error) ? inDoubt(translated) : translated;
    }
  }

  async #copy(sql: string, bytes: Uint8Array): Promise<unknown> {
    const stream = this.#client.query(copyFrom(sql));
    await new Promise<void>((resolve, reject) => {
      stream.on('error', reject);
      stream.on('finish', resolve);
      stream.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
    return { command: 'COPY', rowCount: stream.rowCount, rows: [] };
  }
}

/** Whether the server may have done what a statement said, though it failed here. */
function mayBeDone(error: unknown): boolean {
  return error instanceof DatabaseError ? CONNECTION_ENDED.test(error.code ?? '') : !isKnownLost(error);
}

/** Whether the connection was lost before the statement, which was then never sent. */
function isKnownLost(error: unknown): boolean {
  return error instanceof Error && NOT_QUERYABLE.test(error.message);
}
