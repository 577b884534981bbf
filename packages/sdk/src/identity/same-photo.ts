import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { IdentityChange } from './identity-change.ts';

/** A person who would stand twice in a photo, and the faces that say so. */
export interface SamePhotoConflict {
  readonly photoId: string;
  readonly personId: string;
  readonly faceIds: string[];
}

/** Where the labels after `changes` would put one person twice into one photo, unless a person allowed it. */
export async function findSamePhotoConflicts(
  context: LibraryContext,
  changes: readonly IdentityChange[],
): Promise<SamePhotoConflict[]> {
  const labels = changes
    .filter((change) => change.subject === 'label')
    .map(({ faceId, after }) => ({ face_id: faceId, person_id: after?.personId, allowed: after?.samePhotoAllowed }));
  if (!labels.some((label) => label.person_id)) return [];
  const faces = changes
    .filter((change) => change.subject === 'face')
    .map(({ faceId, after }) => ({ face_id: faceId, photo_id: after?.photoId }));
  const { rows } = await sql<SamePhotoConflict>`
    WITH changed AS (
      SELECT label.*, coalesce(face.photo_id, placed.photo_id) AS photo_id
      FROM jsonb_to_recordset(${JSON.stringify(labels)}::jsonb) AS label (face_id uuid, person_id uuid, allowed boolean)
        LEFT JOIN faces face USING (face_id)
        LEFT JOIN jsonb_to_recordset(${JSON.stringify(faces)}::jsonb) AS placed (face_id uuid, photo_id uuid) USING (face_id)
    ), standing AS (
      SELECT photo_id, person_id, face_id FROM changed WHERE person_id IS NOT NULL AND NOT allowed
      UNION ALL
      SELECT photo_id, person_id, face_id FROM face_labels
      WHERE photo_id IN (SELECT photo_id FROM changed) AND NOT same_photo_allowed
        AND face_id NOT IN (SELECT face_id FROM changed)
    )
    SELECT photo_id AS "photoId", person_id AS "personId", array_agg(face_id ORDER BY face_id) AS "faceIds"
    FROM standing GROUP BY photo_id, person_id HAVING count(*) > 1
    ORDER BY photo_id, person_id`.execute(context.db);
  return rows;
}
