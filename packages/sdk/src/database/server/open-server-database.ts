import { Kysely, PostgresDialect } from 'kysely';
import type { Tables } from '../../schema/tables.ts';
import type { OpenDatabase } from '../open-database.ts';
import { ServerPool } from './server-pool.ts';

/** A pool on a PostgreSQL server. Nothing is sent before the first statement. */
export function openServerDatabase(url: string): OpenDatabase {
  const pool = new ServerPool(url);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { kind: 'server', location: hidePassword(url), db, embedded: null, close: () => db.destroy() };
}

/** The URL as it may be shown or logged. */
export function hidePassword(url: string): string {
  const shown = new URL(url);
  if (shown.password) shown.password = '***';
  for (const secret of ['password', 'sslpassword']) if (shown.searchParams.has(secret)) shown.searchParams.set(secret, '***');
  return shown.href;
}
