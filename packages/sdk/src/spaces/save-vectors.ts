import { sql } from 'kysely';
import { gatherStatistics } from '../library/gather-statistics.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { VectorSpace } from '../saving/rows/copy-faces.ts';
import { encodeVector } from '../values/vector-codec.ts';
import type { EmbeddedFace } from './embed-photo.ts';

/**
 * Saves a batch in one transaction. A face that got its vector from elsewhere meanwhile keeps that; one that is gone, or whose box was moved, is
 * left out: it will be met again where it is.
 */
export async function saveVectors(
  context: LibraryContext,
  { spaceId, dimension }: VectorSpace,
  faces: readonly EmbeddedFace[],
): Promise<{ embedded: number; failed: number }> {
  const vectors = faces.flatMap((face) =>
    'vector' in face ? [{ face_id: face.faceId, box: boxText(face.box), vector: encodeVector(face.vector) }] : [],
  );
  const failures = faces.flatMap((face) => ('failure' in face ? [{ face_id: face.faceId, ...face.failure }] : []));
  if (faces.length === 0) return { embedded: 0, failed: 0 };
  return context.transaction(async (transaction) => {
    const { db, libraryId } = transaction;
    const { numAffectedRows = 0n } = await sql`
      INSERT INTO face_embeddings (face_id, library_id, space_id, dimension, embedding)
      SELECT face_id, ${libraryId}, ${spaceId}, ${dimension}, vector::vector
      FROM jsonb_to_recordset(${JSON.stringify(vectors)}::jsonb) AS filled (face_id uuid, box text, vector text)
      JOIN faces face USING (face_id)
      WHERE box = concat_ws(' ', bbox_x, bbox_y, bbox_w, bbox_h)
      ORDER BY face_id
      ON CONFLICT (face_id, space_id) DO NOTHING`.execute(db);
    await sql`
      DELETE FROM embedding_failures WHERE space_id = ${spaceId} AND face_id = ANY (${vectors.map((row) => row.face_id)}::uuid[])`.execute(
      db,
    );
    await sql`
      INSERT INTO embedding_failures (face_id, space_id, code, message, retryable)
      SELECT face_id, ${spaceId}, code, message, retryable
      FROM jsonb_to_recordset(${JSON.stringify(failures)}::jsonb) AS failure (face_id uuid, code text, message text, retryable boolean)
      JOIN faces USING (face_id)
      ORDER BY face_id
      ON CONFLICT (face_id, space_id) DO UPDATE SET code = excluded.code, message = excluded.message,
        retryable = excluded.retryable, attempts = embedding_failures.attempts + 1, last_ts = clock_timestamp()`.execute(db);
    await gatherStatistics(transaction, 'photos', vectors.length);
    return { embedded: Number(numAffectedRows), failed: failures.length };
  });
}

function boxText({ x, y, width, height }: EmbeddedFace['box']): string {
  return `${x} ${y} ${width} ${height}`;
}
