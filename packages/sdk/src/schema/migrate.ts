import { CompiledQuery, type Kysely, sql } from 'kysely';
import { SchemaTooNewError } from '../errors/database-errors.ts';
import { migrations, SCHEMA_VERSION } from './migrations/index.ts';
import type { Tables } from './tables.ts';

/** 'photoorg' as a number: the key of the advisory lock under which migrations run. Any constant does, so long as it stays. */
const MIGRATION_LOCK = 0x70686f746f6f7267n;

/** The version of the database's schema; 0 for a database that photoorg never touched. */
export async function readSchemaVersion(db: Kysely<Tables>): Promise<number> {
  const { rows: tables } = await sql<{ exists: boolean }>`SELECT to_regclass('schema_migrations') IS NOT NULL AS exists`.execute(
    db,
  );
  if (!tables[0]?.exists) return 0;
  const { rows } = await sql<{ version: number }>`SELECT coalesce(max(version), 0) AS version FROM schema_migrations`.execute(db);
  return rows[0]!.version;
}

/**
 * Brings the schema to `SCHEMA_VERSION`. Each migration runs in a transaction of its own, under an advisory lock, so any number of
 * programs may do this at the same time, and a kill leaves whole migrations only. Returns the versions it applied.
 */
export async function migrateSchema(db: Kysely<Tables>): Promise<number[]> {
  const applied: number[] = [];
  for (const migration of migrations) {
    await db
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async (transaction) => {
        await sql`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK.toString()}::bigint)`.execute(transaction);
        const version = await readSchemaVersion(transaction);
        if (version > SCHEMA_VERSION) throw new SchemaTooNewError(version, SCHEMA_VERSION);
        if (version >= migration.version) return;
        if (version === 0) {
          await sql`CREATE TABLE IF NOT EXISTS schema_migrations (
          version integer PRIMARY KEY,
          name text NOT NULL,
          applied_ts timestamptz NOT NULL DEFAULT now()
        )`.execute(transaction);
        }
        for (const statement of migration.statements) await transaction.executeQuery(CompiledQuery.raw(statement));
        await sql`INSERT INTO schema_migrations (version, name) VALUES (${migration.version}, ${migration.name})`.execute(
          transaction,
        );
        applied.push(migration.version);
      });
  }
  return applied;
}
