import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import { newId } from '../../values/new-id.ts';

/** The ids of photo roots by their absolute path, made when new. */
export async function saveRoots(context: LibraryContext, paths: Iterable<string>): Promise<Map<string, string>> {
  const unique = [...new Set(paths)].sort();
  const ids = new Map<string, string>();
  for (const path of unique) {
    const bytes = Buffer.from(path);
    const { rows } = await sql<{ root_id: string }>`
      WITH made AS (
        INSERT INTO roots (root_id, library_id, path_bytes, label) VALUES (${newId()}, ${context.libraryId}, ${bytes}, ${path})
        ON CONFLICT (library_id, sha256(path_bytes)) DO NOTHING
        RETURNING root_id
      )
      SELECT root_id FROM made
      UNION ALL
      SELECT root_id FROM roots WHERE library_id = ${context.libraryId} AND sha256(path_bytes) = sha256(${bytes}::bytea)`.execute(
      context.db,
    );
    // Another program may have made it between the snapshot and the conflict: then a second look finds it.
    ids.set(path, rows[0]?.root_id ?? (await findRoot(context, path))!);
  }
  return ids;
}

/** The id of a photo root; null when this library never saw it. */
export async function findRoot(context: LibraryContext, path: string): Promise<string | null> {
  const { rows } = await sql<{ root_id: string }>`
    SELECT root_id FROM roots
    WHERE library_id = ${context.libraryId} AND sha256(path_bytes) = sha256(${Buffer.from(path)}::bytea)`.execute(context.db);
  return rows[0]?.root_id ?? null;
}
