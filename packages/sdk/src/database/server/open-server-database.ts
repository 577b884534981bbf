import { CompiledQuery, type DatabaseConnection, Kysely, PostgresDialect } from 'kysely';
import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import type { Tables } from '../../schema/tables.ts';
import type { OpenDatabase } from '../common/database-handle.ts';
import { checkServer } from './check-server.ts';
import { ServerPool } from './server-pool.ts';
import { SESSION_SETTINGS } from './session-settings.ts';

/** Kept apart from what a library shows of its database, since it may hold a password. */
const urls = new WeakMap<Kysely<Tables>, string>();

/** The URL that a database was opened with; null for an embedded one. */
export function serverUrlOf(db: Kysely<Tables>): string | null {
  return urls.get(db) ?? null;
}

/** Connects to a PostgreSQL server and makes sure that it is one photoorg can work with. */
export async function openServerDatabase(url: string): Promise<OpenDatabase> {
  const location = hidePassword(url);
  const pool = new ServerPool(url);
  const onCreateConnection = async (connection: DatabaseConnection) => {
    await connection.executeQuery(CompiledQuery.raw(SESSION_SETTINGS));
  };
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool, onCreateConnection }) });
  try {
    await checkServer(db, location);
  } catch (error) {
    await pool.end();
    throw error;
  }
  urls.set(db, url);
  return { kind: 'server', location, db, close: () => pool.end() };
}

/** The URL as it may be shown or logged. */
export function hidePassword(url: string): string {
  if (!URL.canParse(url))
    throw new InvalidInputError('The database URL cannot be read. Expected postgresql://user:password@host:port/name.');
  const shown = new URL(url);
  if (shown.password) shown.password = '***';
  for (const secret of ['password', 'sslpassword']) if (shown.searchParams.has(secret)) shown.searchParams.set(secret, '***');
  return shown.href;
}
