import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import { isDatabaseError, translateDatabaseError } from '../common/database-error.ts';
import { CopyData } from '../copy/copy-data.ts';
import type { EmbeddedClient } from './embedded-client.ts';

const IN_FAILED_TRANSACTION = '25P02';

/** Kysely on the embedded database. */
export class EmbeddedDialect implements Dialect {
  readonly #client: EmbeddedClient;

  constructor(client: EmbeddedClient) {
    this.#client = client;
  }

  createAdapter(): PostgresAdapter {
    return new SingleConnectionAdapter();
  }

  createDriver(): Driver {
    return new EmbeddedDriver(this.#client);
  }

  createIntrospector(db: Kysely<unknown>): PostgresIntrospector {
    return new PostgresIntrospector(db);
  }

  createQueryCompiler(): PostgresQueryCompiler {
    return new PostgresQueryCompiler();
  }
}

/** There is one session: Kysely then lets one task at a time have the connection, for a whole transaction if need be. */
class SingleConnectionAdapter extends PostgresAdapter {
  override get supportsMultipleConnections(): boolean {
    return false;
  }
}

class EmbeddedDriver implements Driver {
  readonly #client: EmbeddedClient;
  readonly #connection: EmbeddedConnection;

  constructor(client: EmbeddedClient) {
    this.#client = client;
    this.#connection = new EmbeddedConnection(client);
  }

  async init(): Promise<void> {
    await this.#client.start();
  }

  async acquireConnection(): Promise<EmbeddedConnection> {
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {}

  async beginTransaction(connection: EmbeddedConnection, settings: TransactionSettings): Promise<void> {
    const isolation = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : '';
    const access = settings.accessMode ? ` ${settings.accessMode}` : '';
    await connection.begin(`start transaction${isolation}${access}`);
  }

  async commitTransaction(connection: EmbeddedConnection): Promise<void> {
    await connection.commit();
  }

  async rollbackTransaction(connection: EmbeddedConnection): Promise<void> {
    await connection.rollback();
  }

  async destroy(): Promise<void> {
    await this.#client.close();
  }
}

class EmbeddedConnection implements DatabaseConnection {
  readonly #client: EmbeddedClient;
  /** Session of the client in which the open transaction began; null outside a transaction. */
  #transactionSession: number | null = null;
  #statementFailed = false;

  constructor(client: EmbeddedClient) {
    this.#client = client;
  }

  async executeQuery<R>(compiled: CompiledQuery, options?: { signal?: AbortSignal }): Promise<QueryResult<R>> {
    const copy = CopyData.of(compiled.parameters);
    const session = this.#transactionSession;
    try {
      const reply = copy
        ? await this.#client.query(compiled.sql.replace(/\bSTDIN\b/i, `'/dev/blob'`), [], { copy: copy.bytes, session })
        : await this.#client.query(compiled.sql, compiled.parameters, { session });
      return {
        rows: reply.rows as R[],
        numAffectedRows: reply.affectedRows === null ? undefined : BigInt(reply.affectedRows),
      };
    } catch (error) {
      this.#statementFailed = true;
      // Kysely has told the caller already, and would write this to the console.
      if (options?.signal?.aborted) return { rows: [] };
      throw translateDatabaseError(error);
    }
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('The embedded database reads whole results; page through them instead.');
  }

  async cancelQuery(): Promise<void> {
    await this.#client.interrupt();
  }

  async begin(statement: string): Promise<void> {
    const { session } = this.#client;
    await this.#run(statement, session);
    this.#transactionSession = session;
    this.#statementFailed = false;
  }

  async commit(): Promise<void> {
    const session = this.#transactionSession;
    const mayBeAborted = this.#statementFailed;
    this.#transactionSession = null;
    // A COMMIT after a failed statement rolls back without an error, and PGlite does not hand out the command tag that says so.
    if (mayBeAborted) await this.#refuseAborted(session);
    await this.#run('commit', session);
  }

  async rollback(): Promise<void> {
    const session = this.#transactionSession;
    this.#transactionSession = null;
    // With its session, the transaction is gone already.
    if (session === this.#client.session) await this.#run('rollback', session);
  }

  async #refuseAborted(session: number | null): Promise<void> {
    try {
      await this.#run('select 1', session);
    } catch (cause) {
      if (!isDatabaseError(cause, IN_FAILED_TRANSACTION)) throw cause;
      await this.#run('rollback', session);
      throw new AbortedTransactionError({ cause });
    }
  }

  async #run(statement: string, session: number | null): Promise<void> {
    try {
      await this.#client.query(statement, [], { session });
    } catch (error) {
      throw translateDatabaseError(error);
    }
  }
}
