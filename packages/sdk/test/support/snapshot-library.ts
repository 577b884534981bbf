import { sql } from 'kysely';
import { readCurrentState } from '../../src/identity/replay.ts';
import type { LibraryContext } from '../../src/library/library-context.ts';

/** All that is known of identities, and every face with all of its columns and vectors: what an undo must bring back. */
export async function snapshotLibrary(context: LibraryContext) {
  const { rows } = await sql`
    SELECT face.*, (SELECT faces_count FROM photos WHERE photos.photo_id = face.photo_id) AS faces_count,
      ARRAY(SELECT space_id::text || embedding::text FROM face_embeddings stored WHERE stored.face_id = face.face_id ORDER BY space_id)
        AS vectors,
      (SELECT to_jsonb(region) FROM face_regions region WHERE region.face_id = face.face_id) AS region
    FROM faces face WHERE library_id = ${context.libraryId} ORDER BY face_id`.execute(context.db);
  return { identities: await readCurrentState(context), faces: rows };
}
