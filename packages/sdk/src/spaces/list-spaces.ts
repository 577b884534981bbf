import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { SpaceStatus } from '../model/embedding-spaces.ts';
import { hasNoVector } from './embedding-failures.ts';

/** Every space of the database, in the order in which they were added, with how many faces of this library it knows. */
export async function listSpaces({ db, libraryId }: LibraryContext): Promise<SpaceStatus[]> {
  const { rows } = await sql<SpaceStatus & { total: number }>`
    WITH all_faces AS (
      SELECT count(*)::int AS total FROM faces JOIN photos USING (photo_id) WHERE faces.library_id = ${libraryId} AND deleted_ts IS NULL
    ), embedded AS (
      SELECT space_id, count(*)::int AS faces, count(*) FILTER (WHERE deleted_ts IS NULL)::int AS present
      FROM face_embeddings JOIN faces USING (face_id) JOIN photos USING (photo_id)
      WHERE face_embeddings.library_id = ${libraryId} GROUP BY space_id
    ), failures AS (
      SELECT space_id, count(*)::int AS failed FROM embedding_failures JOIN faces USING (face_id) JOIN photos USING (photo_id)
      WHERE faces.library_id = ${libraryId} AND deleted_ts IS NULL AND ${hasNoVector} GROUP BY space_id
    )
    SELECT space.space_id AS "spaceId", name, dimension, model, quantisation,
      EXISTS (SELECT FROM active_spaces active WHERE active.library_id = ${libraryId} AND active.space_id = space.space_id) AS active,
      coalesce(faces, 0) AS faces, coalesce(failed, 0) AS failed,
      (SELECT total FROM all_faces) - coalesce(present, 0) - coalesce(failed, 0) AS missing
    FROM embedding_spaces space LEFT JOIN embedded USING (space_id) LEFT JOIN failures USING (space_id)
    ORDER BY space.space_id`.execute(db);
  return rows;
}
