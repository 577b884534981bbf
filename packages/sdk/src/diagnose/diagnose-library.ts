import { PhotoorgError } from '@photoorg/errors';
import { sql } from 'kysely';
import { readVectorVersion } from '../database/ensure-vector-extension.ts';
import { isOlderVersion } from '../database/is-older-version.ts';
import { OLDEST_SERVER } from '../database/server/check-server.ts';
import { findReplayDifferences } from '../identity/replay.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { DatabaseDescription, Diagnosis, PhotoLibrary } from '../model/photo-library.ts';
import { reindexVectors } from '../reindex/reindex-vectors.ts';
import { readSchemaVersion } from '../schema/migrate.ts';
import { SCHEMA_VERSION } from '../schema/migrations/index.ts';
import type { Tables } from '../schema/tables.ts';
import { refuseUnknown } from '../values/refuse-unknown.ts';
import { invariants } from './invariants.ts';
import { diagnoseLeftOut, diagnoseUndecoded } from './left-out.ts';
import { TABLE_RIGHTS } from './table-rights.ts';

/** Older pgvectors damage hnsw indexes in VACUUM (before 0.8.3) and write outside their memory in parallel builds (before 0.8.2). */
const ADVISED_PGVECTOR = [0, 8, 3];
/** Ids named in a message; the rest is counted. */
const EXAMPLES = 3;

type DiagnoseOptions = NonNullable<Parameters<PhotoLibrary['diagnose']>[0]>;

/** Checks the database and the data, one diagnosis a check. A check that cannot be made is a diagnosis too, not an exception. */
export async function diagnoseLibrary(
  context: LibraryContext,
  database: DatabaseDescription,
  options: DiagnoseOptions,
): Promise<Diagnosis[]> {
  refuseUnknown<DiagnoseOptions>(options, { signal: true }, 'the options of diagnose');
  const { signal } = options;
  const found: Diagnosis[] = [];
  const check = async (name: string, run: () => Promise<Omit<Diagnosis, 'check'>>): Promise<boolean> => {
    signal?.throwIfAborted();
    const outcome = await run().catch((error: unknown) => {
      signal?.throwIfAborted();
      const { message, remedy } = PhotoorgError.isInstance(error)
        ? error.toOptions()
        : { message: (error as Error).message, remedy: null };
      return { status: 'error' as const, message: `The check failed: ${message}`, remedy };
    });
    found.push({ check: name, ...outcome });
    return outcome.status !== 'error';
  };

  if (!(await check('connection', () => checkConnection(context, database)))) return found;
  await check('pgvector-version', () => checkVectorVersion(context));
  await check('durability', () => checkDurability(context));
  if (!(await check('migrations', () => checkMigrations(context)))) return found;
  await check('permissions', () => checkPermissions(context));
  await check('vector-index', () => checkVectorIndexes(context, database));
  for (const invariant of invariants) {
    await check(invariant.check, async () => {
      const { rows } = await invariant
        .violations(context.libraryId)
        .execute(context.db, { signal, inflightQueryAbortStrategy: 'cancel query' });
      return rows.length === 0
        ? ok(`Holds: ${invariant.holds}.`)
        : broken(
            invariant.holds,
            rows.map((row) => row.id),
            invariant.remedy,
          );
    });
  }
  await check('journal', async () => {
    const holds = 'replaying the journal gives the current labels and people';
    const differences = await findReplayDifferences(context, { signal });
    const ids = differences.map((difference) => `${difference.table} ${difference.id}`);
    return ids.length === 0 ? ok(`Holds: ${holds}.`) : broken(holds, ids, 'Keep the database as it is, and report it.');
  });
  for (const [name, diagnose] of Object.entries({ decoders: diagnoseUndecoded, 'left-out': diagnoseLeftOut })) {
    const tell = (error: unknown) => [
      { check: name, status: 'error' as const, message: `The check failed: ${(error as Error).message}`, remedy: null },
    ];
    found.push(...(await diagnose(context).catch(tell)));
  }
  return found;
}

function ok(message: string): Omit<Diagnosis, 'check'> {
  return { status: 'ok', message, remedy: null };
}

function broken(holds: string, ids: string[], remedy: string): Omit<Diagnosis, 'check'> {
  const examples = ids.slice(0, EXAMPLES).join(', ');
  return {
    status: 'error',
    message: `Broken: ${holds}. ${ids.length} do not: ${examples}${ids.length > EXAMPLES ? ', …' : ''}.`,
    remedy,
  };
}

async function checkConnection(context: LibraryContext, { kind, location }: DatabaseDescription) {
  const { rows } = await sql<{ number: number; text: string }>`
    SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS text`.execute(context.db);
  const { number, text } = rows[0]!;
  const message = `PostgreSQL ${text} (${kind}) answers at ${location}.`;
  if (number >= OLDEST_SERVER * 10_000) return ok(message);
  return { status: 'error' as const, message, remedy: `Upgrade to PostgreSQL ${OLDEST_SERVER} or newer.` };
}

async function checkVectorVersion(context: LibraryContext) {
  const version = await readVectorVersion(context.db);
  if (!version) {
    return {
      status: 'error' as const,
      message: 'The vector extension is missing.',
      remedy: 'Let a superuser run CREATE EXTENSION vector in this database.',
    };
  }
  if (!isOlderVersion(version, ADVISED_PGVECTOR)) return ok(`pgvector ${version}.`);
  const advised = ADVISED_PGVECTOR.join('.');
  return {
    status: 'warning' as const,
    message: `pgvector ${version} can damage an hnsw index in VACUUM; ${advised} does not.`,
    remedy: `Install pgvector ${advised} or newer on the server, then run ALTER EXTENSION vector UPDATE. Until then prefer ivfflat, or no index.`,
  };
}

async function checkDurability(context: LibraryContext) {
  const { rows } = await sql<{ fsync: string; commit: string }>`
    SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`.execute(context.db);
  const { fsync, commit } = rows[0]!;
  if (fsync === 'on' && commit !== 'off') return ok('A commit is on the disk before it is acknowledged.');
  return {
    status: 'warning' as const,
    message: `fsync is ${fsync} and synchronous_commit is ${commit}: a power cut may cost the latest changes, or the database.`,
    remedy: "Open the library with durability 'full'; on a server, turn fsync and synchronous_commit on.",
  };
}

async function checkMigrations(context: LibraryContext) {
  const version = await readSchemaVersion(context.db);
  if (version === SCHEMA_VERSION) return ok(`The schema has version ${version}.`);
  const message = `The schema has version ${version}; this photoorg works with ${SCHEMA_VERSION}.`;
  return {
    status: 'error' as const,
    message,
    remedy: version < SCHEMA_VERSION ? 'Open the library once with migrate: true.' : 'Install the newer photoorg.',
  };
}

async function checkPermissions(context: LibraryContext) {
  const { rows } = await sql<{ name: keyof Tables; role: string }>`
    SELECT class.relname AS name, quote_ident(current_user) AS role FROM pg_class class
    WHERE class.relkind = 'r' AND class.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'photos'::regclass)
      AND EXISTS (SELECT FROM jsonb_array_elements_text(${JSON.stringify(TABLE_RIGHTS)}::jsonb -> class.relname) AS wanted
        WHERE NOT has_table_privilege(class.oid, wanted))
    ORDER BY class.relname`.execute(context.db);
  if (rows.length === 0) return ok('The role may read and write every table.');
  const grants = [...Map.groupBy(rows, ({ name }) => TABLE_RIGHTS[name].join(', '))].map(
    ([rights, tables]) => `GRANT ${rights} ON ${tables.map(({ name }) => name).join(', ')} TO ${tables[0]!.role};`,
  );
  return {
    status: 'error' as const,
    message: `The role may not read and write: ${rows.map(({ name }) => name).join(', ')}.`,
    remedy: `Let the owner of the tables run: ${grants.join(' ')}`,
  };
}

async function checkVectorIndexes(context: LibraryContext, { kind }: DatabaseDescription) {
  const plans = await reindexVectors(context, kind, { dryRun: true });
  const message =
    plans.map(({ space, rows, reason }) => `${space} (${rows}): ${reason}`).join(' ') || 'There are no vectors yet.';
  if (plans.every((plan) => plan.action === 'skipped')) return ok(message);
  return { status: 'warning' as const, message, remedy: 'Run photoorg reindex-vectors.' };
}
