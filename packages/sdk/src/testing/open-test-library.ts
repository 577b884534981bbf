import { sql } from 'kysely';
import { createPhotoLibrary } from '../create-photo-library.ts';
import { openMemoryDatabase } from '../database/embedded/open-embedded-database.ts';
import { openServerDatabase } from '../database/server/open-server-database.ts';
import { ensureLibrary } from '../library/ensure-library.ts';
import { createLibraryContext, type LibraryContext } from '../library/library-context.ts';
import { resolveLibrarySettings } from '../library/library-settings.ts';
import type { DatabaseDescription, OpenPhotoLibraryOptions, PhotoLibrary } from '../model/photo-library.ts';
import { describeDatabase } from '../open-photo-library.ts';
import { cloneServerDatabase } from './clone-server-database.ts';
import { migratedTemplate } from './template-cache.ts';

export interface TestLibrary extends AsyncDisposable {
  readonly library: PhotoLibrary;
  /** For tests of what lies below the public surface. */
  readonly context: LibraryContext;
  readonly kind: 'embedded' | 'server';
  /**
   * Empties the library; cheaper than opening another one for each test.
   *
   * @example
   * ```ts
   * beforeEach(() => test.clear());
   * ```
   */
  clear(): Promise<void>;
  /**
   * Closes the library and drops its database.
   *
   * @example
   * ```ts
   * const test = await openTestLibrary(); // without `await using`
   * await test.close();
   * ```
   */
  close(): Promise<void>;
}

/**
 * An empty library in a database of its own: on the server of TEST_DATABASE_URL when that is set, else embedded in memory.
 *
 * @example
 * ```ts
 * await using test = await openTestLibrary();
 * await test.library.people.create({ displayName: 'Ada' });
 * ```
 */
export async function openTestLibrary(options: Omit<OpenPhotoLibraryOptions, 'database'> = {}): Promise<TestLibrary> {
  const server = process.env.TEST_DATABASE_URL ? await cloneServerDatabase(process.env.TEST_DATABASE_URL) : null;
  const database = server ? await openServerDatabase(server.url) : await openMemoryDatabase(await migratedTemplate());
  const description = await describeDatabase(database);
  announce(description);
  const libraryId = await ensureLibrary(database.db, options.library ?? 'default');
  const close = async () => {
    await database.close();
    await server?.drop();
  };
  const context = createLibraryContext(database.db, libraryId, resolveLibrarySettings(options));
  return {
    library: createPhotoLibrary(context, description, database),
    context,
    kind: database.kind,
    clear: () => clearLibrary(context),
    close,
    [Symbol.asyncDispose]: close,
  };
}

let announced = false;

/** Says once per test file what it runs on: a suite that passed on the wrong database has not passed. */
function announce({ kind, serverVersion, pgvectorVersion }: DatabaseDescription): void {
  if (!announced)
    console.info(
      `Testing on ${kind === 'server' ? 'a server,' : 'the embedded'} PostgreSQL ${serverVersion}, pgvector ${pgvectorVersion}.`,
    );
  announced = true;
}

async function clearLibrary(context: LibraryContext): Promise<void> {
  await context.transaction(async ({ db }) => {
    // The journal's own trigger refuses to be emptied.
    await sql`SET LOCAL session_replication_role = replica`.execute(db);
    // Nor do the others hear of it, that tell an open library what to read again.
    await sql`INSERT INTO library_changes (library_id, face_ids)
      SELECT library_id, array_agg(face_id) FROM faces GROUP BY library_id`.execute(db);
    await sql`TRUNCATE photos, faces, people, identity_events, roots, ingest_runs, embedding_spaces, idempotency_keys, unsettled_spans CASCADE`.execute(
      db,
    );
  });
}
