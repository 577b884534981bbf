import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { EmbeddingFailure } from '../model/embedding-spaces.ts';
import { getSpace } from '../saving/rows/spaces.ts';

const DEFAULT_FAILURES = 100;
const MOST_FAILURES = 1_000;

/** On `embedding_failures`: indexing may have embedded since what a fill could not. */
export const hasNoVector: RawBuilder<SqlBool> = sql<SqlBool>`NOT EXISTS (
  SELECT FROM face_embeddings e WHERE e.face_id = embedding_failures.face_id AND e.space_id = embedding_failures.space_id)`;

export async function listFailures(
  context: LibraryContext,
  { space, limit = DEFAULT_FAILURES }: { space: string; limit?: number },
): Promise<EmbeddingFailure[]> {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_FAILURES) {
    throw InvalidInputError.expected(`a whole number from 1 to ${MOST_FAILURES}`, 'limit', limit);
  }
  const { spaceId } = await getSpace(context, space);
  const { rows } = await sql<EmbeddingFailure>`
    SELECT face_id AS "faceId", photo_id AS "photoId", code, message, attempts, last_ts AS "lastAt"
    FROM embedding_failures JOIN faces USING (face_id)
    WHERE space_id = ${spaceId} AND library_id = ${context.libraryId} AND ${hasNoVector}
    ORDER BY last_ts DESC, face_id LIMIT ${limit}`.execute(context.db);
  return rows;
}
