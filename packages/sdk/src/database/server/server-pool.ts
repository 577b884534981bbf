import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { LibraryClosedError } from '../../errors/database-errors.ts';
import { translateDatabaseError } from '../common/database-error.ts';
import { valueParsers } from '../common/value-types.ts';
import { ServerClient } from './server-client.ts';

/** A server that does not take a connection in this time is called unreachable. */
const CONNECT_TIMEOUT_MILLIS = 10_000;
/** Parallel statements of one process: enough for a web server, far below PostgreSQL's default of 100 connections. */
const MAX_CONNECTIONS = 10;

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
