import { type RawBuilder, sql } from 'kysely';
import type { ActiveSpace } from '../library/active-space.ts';
import type { LibraryContext } from '../library/library-context.ts';
import { readVector } from '../values/vector-codec.ts';

export interface FaceVector {
  readonly faceId: string;
  readonly vector: Float32Array;
}

/** A space, and what its distances are multiplied with to be like dlib's. */
export type ScaledSpace = Pick<ActiveSpace, 'spaceId' | 'scale'>;

/** A vector whose distances are like dlib's: stretched, so that all who compare it do the same sums. */
export function scaled(vector: Float32Array, { scale }: Pick<ScaledSpace, 'scale'>): Float32Array {
  return scale === 1 ? vector : vector.map((value) => value * scale);
}

/** The vectors of a space, scaled, that `which` selects: a condition and more about `face_embeddings`. */
export async function readVectors(
  context: LibraryContext,
  space: ScaledSpace,
  which: RawBuilder<unknown>,
  signal?: AbortSignal,
): Promise<FaceVector[]> {
  const { rows } = await sql<{ faceId: string; vector: Uint8Array }>`
    SELECT face_id AS "faceId", vector_send(embedding) AS vector FROM face_embeddings
    WHERE space_id = ${space.spaceId} AND library_id = ${context.libraryId} AND ${which}`.execute(context.db, {
    signal,
    inflightQueryAbortStrategy: 'cancel query',
  });
  return rows.map(({ faceId, vector }) => ({ faceId, vector: scaled(readVector(vector), space) }));
}
