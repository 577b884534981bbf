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
    WITH drawn AS MATERIALIZED (
      SELECT face_id FROM face_embeddings one JOIN face_embeddings other USING (face_id)
      WHERE one.library_id = ${context.libraryId} AND one.space_id = ${serving.spaceId} AND other.space_id = ${spaceId}
      ORDER BY hashtext(face_id::text), face_id LIMIT ${MOST_FACES})
    SELECT vector_send(one.embedding) AS known, vector_send(other.embedding) AS other
    FROM drawn JOIN face_embeddings one USING (face_id) JOIN face_embeddings other USING (face_id)
    WHERE one.space_id = ${serving.spaceId} AND other.space_id = ${spaceId} ORDER BY face_id`.execute(context.db);
  if (rows.length < LEAST_FACES) return null;
  const faces = rows.map(({ known, other }) => ({ known: readVector(known), other: readVector(other) }));
  const nearest = nearestPairs(faces.map(({ known }) => known))
    .map(({ a, b, distance }) => ({ known: distance, other: l2Distance(faces[a]!.other, faces[b]!.other) }))
    .filter(({ other }) => other > 0);
  const ratio = median(nearest.map(({ known, other }) => known / other));
  return ratio > 0 ? { scale: serving.scale * ratio, faces: faces.length } : null;
}

/** The nearest of all pairs but those of equal vectors, as copies of a photo have: they have no ratio. */
function nearestPairs(vectors: readonly Float32Array[]): { a: number; b: number; distance: number }[] {
  const distances = new Float64Array((vectors.length * (vectors.length - 1)) / 2);
  let filled = 0;
  for (let a = 0; a < vectors.length; a++) {
    for (let b = a + 1; b < vectors.length; b++) distances[filled++] = l2Distance(vectors[a]!, vectors[b]!);
  }
  const sorted = distances.filter((distance) => distance > 0).sort();
  const farthest = sorted[Math.min(NEAREST_PAIRS, sorted.length) - 1] ?? 0;
  const pairs: { a: number; b: number; distance: number }[] = [];
  filled = 0;
  for (let a = 0; a < vectors.length; a++) {
    for (let b = a + 1; b < vectors.length; b++) {
      const distance = distances[filled++]!;
      if (distance > 0 && distance <= farthest) pairs.push({ a, b, distance });
    }
  }
  return pairs;
}
