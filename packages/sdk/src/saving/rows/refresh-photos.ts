import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';

/**
 * Recomputes what photos store about their files and faces: the path shown to people, whether all files are gone, the count of
 * faces. Of several files the first by path is shown, whatever the order they were found in; of a missing photo, where it was last.
 * A photo that never had a file, such as an upload, is not missing.
 */
export async function refreshPhotos(context: LibraryContext, photoIds: Iterable<string>): Promise<void> {
  const ids = [...new Set(photoIds)].sort();
  if (ids.length === 0) return;
  await sql`
    UPDATE photos SET
      path = derived.path,
      missing_since = CASE WHEN derived.all_missing THEN coalesce(photos.missing_since, now()) END,
      faces_count = derived.faces_count
    FROM (
      SELECT photo_id,
        (SELECT rtrim(root.label, '/') || '/' || file.path FROM photo_files file JOIN roots root USING (root_id)
          WHERE file.photo_id = photo.photo_id
          ORDER BY file.missing_since IS NOT NULL, file.kind <> 'original', root.label COLLATE "C", file.path COLLATE "C" LIMIT 1) AS path,
        (SELECT coalesce(bool_and(file.missing_since IS NOT NULL), photo.path IS NOT NULL OR photo.missing_since IS NOT NULL)
          FROM photo_files file WHERE file.photo_id = photo.photo_id) AS all_missing,
        (SELECT count(*)::int FROM faces face WHERE face.photo_id = photo.photo_id) AS faces_count
      FROM photos photo
      WHERE library_id = ${context.libraryId} AND photo_id = ANY (${ids}::uuid[])
    ) AS derived
    WHERE photos.photo_id = derived.photo_id
      AND (photos.path, photos.missing_since IS NOT NULL, photos.faces_count)
        IS DISTINCT FROM (derived.path, derived.all_missing, derived.faces_count)`.execute(context.db);
}
