import { type Kysely, sql } from 'kysely';
import { PermissionDeniedError, VectorExtensionMissingError } from '../errors/database-errors.ts';
import type { Tables } from '../schema/tables.ts';
import { isDatabaseError } from './common/database-error.ts';

/** The extension's version; null while it is not created in this database. */
export async function readVectorVersion(db: Kysely<Tables>): Promise<string | null> {
  const { rows } = await sql<{ extversion: string }>`SELECT extversion FROM pg_extension WHERE extname = 'vector'`.execute(db);
  return rows[0]?.extversion ?? null;
}

/**
 * Creates the `vector` extension unless it is there. Throws VectorExtensionMissingError with the command that helps: the server may
 * lack pgvector, and creating it takes a superuser, since pgvector does not call itself trusted.
 */
export async function ensureVectorExtension(db: Kysely<Tables>): Promise<void> {
  if (!(await readVectorVersion(db))) {
    const { rows } = await sql<{ database: string; major: string; available: boolean }>`
      SELECT current_database() AS database, split_part(current_setting('server_version'), '.', 1) AS major,
        EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') AS available`.execute(db);
    const { database, major, available } = rows[0]!;
    if (!available) {
      throw new VectorExtensionMissingError('The server does not have pgvector installed.', {
        remedy: `Install it on the server (Debian and Ubuntu: apt install postgresql-${major}-pgvector; Docker: the image pgvector/pgvector:pg${major}).`,
      });
    }
    await createExtension(db, database);
  }
  const { rows } = await sql<{ visible: boolean }>`SELECT to_regtype('vector') IS NOT NULL AS visible`.execute(db);
  if (!rows[0]?.visible) {
    throw new VectorExtensionMissingError('The vector extension stands in a schema that is not on the search path.', {
      remedy: 'Add that schema to the search_path of the role, or move it: ALTER EXTENSION vector SET SCHEMA public.',
    });
  }
}

async function createExtension(db: Kysely<Tables>, database: string): Promise<void> {
  try {
    await sql`CREATE EXTENSION IF NOT EXISTS vector`.execute(db);
  } catch (error) {
    // Two programs created it at the same moment.
    if (isDatabaseError(error, '23505')) return;
    if (!(error instanceof PermissionDeniedError)) throw error;
    throw new VectorExtensionMissingError(
      `The database '${database}' lacks the vector extension, and this role may not create it.`,
      {
        remedy: `Let a superuser run once: psql -d '${database}' -c 'CREATE EXTENSION vector'`,
        cause: error,
      },
    );
  }
}
