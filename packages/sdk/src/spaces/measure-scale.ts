import { sql } from 'kysely';
import type { ActiveSpace } from '../library/active-space.ts';
import type { LibraryContext } from '../library/library-context.ts';
import { l2Distance } from '../search/distance.ts';
import { readVector } from '../values/vector-codec.ts';
import { median } from './separation.ts';

/** Faces that are compared with each other: 180,000 pairs take a tenth of a second. */
const MOST_FACES = 600;
/** With fewer, what its maker says of a space is the better guess. */
const LEAST_FACES = 50;
/** Of all pairs the nearest are looked at: among them distances decide who somebody is. */
const NEAREST_PAIRS = 1_000;

export interface MeasuredScale {
  scale: number;
  faces: number;
}

/**
 * What distances of a space are multiplied with to be like dlib's, by faces that have a vector in it and in the one that serves; null when those
 * are too few.
 */
export async function measureScale(
  context: LibraryContext,
  serving: ActiveSpace,
  spaceId: string,
): Promise<MeasuredScale | null> {
  const { rows } = await sql<{ known: Uint8Array; other: Uint8Array }>`
    SELECT vector_send(one.embedding) AS known, vector_send(other.embedding) AS other
    FROM face_embeddings one JOIN face_embeddings other USING (face_id)
    WHERE one.library_id = ${context.libraryId} AND one.space_id = ${serving.spaceId} AND other.space_id = ${spaceId}
    ORDER BY hashtext(face_id::text), face_id LIMIT ${MOST_FACES}`.execute(context.db);
  if (rows.length < LEAST_FACES) return null;
  const faces = rows.map(({ known, other }) => ({ known: readVector(known), other: readVector(other) }));
  const pairs: { known: number; other: number }[] = [];
  for (const [i, a] of faces.entries()) {
    for (const b of faces.slice(i + 1)) {
      const other = l2Distance(a.other, b.other);
      if (other > 0) pairs.push({ known: l2Distance(a.known, b.known), other });
    }
  }
  const nearest = pairs.sort((a, b) => a.known - b.known).slice(0, NEAREST_PAIRS);
  const ratio = median(nearest.map(({ known, other }) => known / other));
  return ratio > 0 ? { scale: serving.scale * ratio, faces: faces.length } : null;
}
