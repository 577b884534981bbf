import { type Kysely, sql } from 'kysely';
import { createPhotoLibrary } from './create-photo-library.ts';
import type { OpenDatabase } from './database/common/database-handle.ts';
import { ensureVectorExtension, readVectorVersion } from './database/ensure-vector-extension.ts';
import { openDatabase } from './database/open-database.ts';
import { SchemaTooNewError, SchemaTooOldError } from './errors/database-errors.ts';
import { ensureLibrary } from './library/ensure-library.ts';
import { createLibraryContext } from './library/library-context.ts';
import { resolveLibrarySettings } from './library/library-settings.ts';
import type { DatabaseDescription, OpenPhotoLibraryOptions, PhotoLibrary } from './model/photo-library.ts';
import { migrateSchema, readSchemaVersion } from './schema/migrate.ts';
import { SCHEMA_VERSION } from './schema/migrations/index.ts';
import type { Tables } from './schema/tables.ts';

/** Where the embedded database lies when nothing is said. */
export const DEFAULT_DATABASE = '.photoorg';
const DEFAULT_LIBRARY = 'default';

/**
 * Opens a photo library, and makes it when it does not exist.
 *
 * Without options it lives in the folder `.photoorg`, in an embedded PostgreSQL; with `database: 'postgresql://…'` on a server. Both
 * answer alike.
 *
 * Throws LibraryLockedError when another process has the folder open, NetworkFolderError when it is a share's, DatabaseUnavailableError, ServerTooOldError,
 * VectorExtensionMissingError or PermissionDeniedError when the server cannot be used, SchemaTooNewError when a newer photoorg
 * migrated the database; each says what helps.
 *
 * @example
 * ```ts
 * await using library = await openPhotoLibrary({ database: 'my-library' });
 * for await (const photo of library.photos.iterate()) console.log(photo.path);
 * ```
 */
export async function openPhotoLibrary(options: OpenPhotoLibraryOptions = {}): Promise<PhotoLibrary> {
  const settings = resolveLibrarySettings(options);
  options.signal?.throwIfAborted();
  const { durability = 'full', allowNetworkFolder, signal } = options;
  const database = await openDatabase(options.database ?? DEFAULT_DATABASE, { durability, allowNetworkFolder, signal });
  try {
    await prepareSchema(database.db, options.migrate ?? true);
    options.signal?.throwIfAborted();
    if (database.kind === 'embedded') await closeDeadRuns(database.db);
    const libraryId = await ensureLibrary(database.db, options.library ?? DEFAULT_LIBRARY);
    const context = createLibraryContext(database.db, libraryId, settings);
    return createPhotoLibrary(context, await describeDatabase(database), database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Brings the schema to this package's version, or throws when it may not or cannot. */
export async function prepareSchema(db: Kysely<Tables>, migrate: boolean): Promise<void> {
  const version = await readSchemaVersion(db);
  if (version > SCHEMA_VERSION) throw new SchemaTooNewError(version, SCHEMA_VERSION);
  if (version === SCHEMA_VERSION) return;
  if (!migrate) throw new SchemaTooOldError(version, SCHEMA_VERSION);
  await ensureVectorExtension(db);
  await migrateSchema(db);
}

/** The folder is this process's alone: a run that still says it is running was killed. */
async function closeDeadRuns(db: Kysely<Tables>): Promise<void> {
  await db
    .updateTable('ingest_runs')
    .set({ status: 'interrupted', finished_ts: sql`now()` })
    .where('status', '=', 'running')
    .execute();
}

/** What a library's `database` says. */
export async function describeDatabase({ kind, location, db }: OpenDatabase): Promise<DatabaseDescription> {
  const { rows } = await sql<{ version: string }>`SELECT current_setting('server_version') AS version`.execute(db);
  return { kind, location, serverVersion: rows[0]!.version, pgvectorVersion: (await readVectorVersion(db)) ?? 'none' };
}
