import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { LibraryClosedError } from '../../errors/database-errors.ts';
import { translateDatabaseError } from '../common/database-error.ts';
import { valueParsers } from '../common/value-types.ts';
import { CopyData } from '../copy/copy-data.ts';

/** A server that does not take a connection in this time is called unreachable. */
const CONNECT_TIMEOUT_MILLIS = 10_000;
/** A statement that runs this long is ended by the server; index builds lift it for themselves. */
const STATEMENT_TIMEOUT_MILLIS = 10 * 60_000;
/** The client gives up a little after the server should have: only a dead network gets here. */
const QUERY_TIMEOUT_MILLIS = STATEMENT_TIMEOUT_MILLIS + 30_000;
/** These may rightly take hours on a large library; whoever starts one lifts the server's limit with SET LOCAL. */
const LONG_STATEMENT = /^\s*(?:CREATE INDEX|ANALYZE|VACUUM)\b/i;
const LONGEST_TIMER_MILLIS = 2 ** 31 - 1;
/** Parallel statements of one process: enough for a web server, far below PostgreSQL's default of 100 connections. */
const MAX_CONNECTIONS = 10;

/**
 * Run on each new connection. The formats are those that the parsers read, whatever the database or the role is set to, and the
 * isolation is the one that statements outside of a transaction are written for; they are not sent with the start of the connection,
 * where a connection pooler may refuse them.
 */
export const SESSION_SETTINGS = `SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'; SET bytea_output = 'hex';
  SET default_transaction_isolation = 'read committed';
  SET statement_timeout = ${STATEMENT_TIMEOUT_MILLIS}`;

/**
 * node-postgres' pool, as Kysely takes it, with what this library adds: the values of `valueParsers`, COPY FROM STDIN as an
 * ordinary statement, and typed errors.
 */
export class ServerPool implements PostgresPool {
  readonly #pool: pg.Pool;
  readonly #clients = new WeakMap<pg.PoolClient, ServerClient>();
  readonly #cancelled = new Set<number>();
  readonly Client = controlClient(this.#cancelled);

  constructor(url: string) {
    this.#pool = new pg.Pool({
      connectionString: url,
      application_name: 'photoorg',
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MILLIS,
      types: { getTypeParser },
    });
    // A broken connection is reported to the statement that meets it. Without a listener, on idle and on checked-out
    // connections alike, the event would end the process.
    this.#pool.on('error', () => {});
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  get options(): object {
    return this.#pool.options;
  }

  async connect(): Promise<PostgresPoolClient> {
    if (this.#pool.ending) throw new LibraryClosedError();
    const client = await this.#pool.connect().catch((error) => {
      throw translateDatabaseError(error);
    });
    const known = this.#clients.get(client);
    if (known) return known;
    const wrapped = new ServerClient(client, this.#cancelled);
    this.#clients.set(client, wrapped);
    return wrapped;
  }

  async end(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end();
  }
}

type Query = PostgresPoolClient['query'];

class ServerClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  readonly #cancelled: Set<number>;
  readonly query: Query;

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
    const copy = CopyData.of(parameters);
    const { processID = 0 } = this;
    this.#cancelled.delete(processID);
    try {
      if (copy) return await this.#copy(sql, copy.bytes);
      const query_timeout = LONG_STATEMENT.test(sql) ? LONGEST_TIMER_MILLIS : QUERY_TIMEOUT_MILLIS;
      // The types of node-postgres leave out that a query may have a timeout of its own.
      return await this.#client.query({ text: sql, values: [...parameters], query_timeout } as pg.QueryConfig);
    } catch (error) {
      // Kysely has told the caller already, and would write this to the console.
      if (this.#cancelled.delete(processID)) return { command: 'CANCEL', rowCount: 0, rows: [] };
      throw translateDatabaseError(error);
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

/** The connection over which Kysely cancels a statement; takes note of whose statement it cancels. */
function controlClient(cancelled: Set<number>): typeof pg.Client {
  return class extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config);
      // As on the pool's connections: one that breaks with nobody waiting on it would end the process.
      this.on('error', () => {});
    }

    override query = ((sql: string, parameters: unknown[]) => {
      const backend = /^select pg_cancel_backend\((\d+)\)$/.exec(sql)?.[1];
      if (backend) cancelled.add(Number(backend));
      return super.query(sql, parameters);
    }) as pg.Client['query'];
  };
}

function getTypeParser(type: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return valueParsers[type] ?? pg.types.getTypeParser(type, format as 'text');
}
