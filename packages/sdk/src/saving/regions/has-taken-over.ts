import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import { byteaLiteral } from '../../values/bytea-literal.ts';
import type { PreparedFile } from '../rows/prepare-photo.ts';

/** Whether faces were named by regions in the photos of these contents (hex), or in those that lie at these paths so far. */
export async function hasTakenOver(
  context: LibraryContext,
  files: readonly { sha256: string; file: PreparedFile | null }[],
): Promise<boolean> {
  const hashes = files.map(({ sha256 }) => sha256);
  const places = files.flatMap(({ file }) => (file ? [{ root: file.root, path: byteaLiteral(file.pathBytes) }] : []));
  const { rows } = await sql<{ found: boolean }>`
    SELECT EXISTS (
      SELECT FROM face_regions region WHERE region.library_id = ${context.libraryId} AND region.photo_id IN (
        SELECT photo_id FROM photos
        WHERE library_id = ${context.libraryId} AND sha256 = ANY (SELECT decode(hash, 'hex') FROM unnest(${hashes}::text[]) AS hash)
        UNION ALL
        SELECT photo_id FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS place (root text, path bytea)
          JOIN roots ON roots.library_id = ${context.libraryId} AND roots.label = place.root
          JOIN photo_files file ON file.root_id = roots.root_id AND sha256(file.path_bytes) = sha256(place.path))
    ) AS found`.execute(context.db);
  return rows[0]!.found;
}

/** The same for files that are known. */
export async function haveTakenOver(context: LibraryContext, fileIds: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    SELECT EXISTS (SELECT FROM face_regions JOIN photo_files USING (photo_id) WHERE file_id = ANY (${[...fileIds]}::uuid[])) AS found`.execute(
    context.db,
  );
  return rows[0]!.found;
}
