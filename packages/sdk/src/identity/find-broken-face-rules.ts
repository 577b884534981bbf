import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { IdentityChange } from './identity-change.ts';

/** What the state after `changes` would say of faces that are gone, or leave behind of those that go; and where two would be one. */
export async function findBrokenFaceRules(context: LibraryContext, changes: readonly IdentityChange[]): Promise<string[]> {
  const { rows } = await sql<{ problem: string }>`
    WITH change AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS change
        (subject text, "faceId" uuid, "otherFaceId" uuid, "personId" uuid, before jsonb, after jsonb)
    ), placed AS (
      SELECT "faceId" AS face_id, (after->>'photoId')::uuid AS photo_id, after->'box' AS box
      FROM change WHERE subject = 'face' AND after IS NOT NULL
    ), going AS (
      SELECT "faceId" AS face_id FROM change WHERE subject = 'face' AND after IS NULL
    ), needed AS (
      SELECT "faceId" AS face_id FROM change WHERE subject IN ('label', 'rejection', 'ignored', 'pair')
      UNION
      SELECT "otherFaceId" FROM change WHERE subject = 'pair'
      UNION
      SELECT "faceId" FROM change WHERE subject = 'face' AND before IS NOT NULL
      UNION
      SELECT former.face_id FROM change JOIN former_faces former ON former.face_id = (after->>'coverFaceId')::uuid
      WHERE subject = 'person'
    ), left_behind AS (
      SELECT face_id FROM face_labels JOIN going USING (face_id)
      WHERE face_id NOT IN (SELECT "faceId" FROM change WHERE subject = 'label')
      UNION
      SELECT face_id FROM face_rejections JOIN going USING (face_id)
      WHERE (face_id, person_id) NOT IN (SELECT "faceId", "personId" FROM change WHERE subject = 'rejection')
      UNION
      SELECT face_id FROM faces JOIN going USING (face_id)
      WHERE ignored AND face_id NOT IN (SELECT "faceId" FROM change WHERE subject = 'ignored')
      UNION
      SELECT going.face_id FROM face_group_says said JOIN going ON going.face_id IN (said.face_id, said.other_face_id)
      WHERE (said.face_id, said.other_face_id) NOT IN (SELECT "faceId", "otherFaceId" FROM change WHERE subject = 'pair')
      UNION
      SELECT face_id FROM people JOIN going ON going.face_id = cover_face_id
      WHERE person_id NOT IN (SELECT "personId" FROM change WHERE subject = 'person')
    )
    SELECT 'face ' || face_id || ' is gone' AS problem FROM needed
    WHERE NOT EXISTS (SELECT FROM faces WHERE faces.face_id = needed.face_id) AND face_id NOT IN (SELECT face_id FROM placed)
    UNION ALL
    SELECT 'something was said of face ' || face_id || ', which would be gone' FROM left_behind
    UNION ALL
    SELECT 'photo ' || photo_id || ' is gone, with face ' || face_id FROM placed
    WHERE NOT EXISTS (SELECT FROM photos WHERE photos.photo_id = placed.photo_id)
    UNION ALL
    SELECT 'face ' || face.face_id || ' stands where face ' || placed.face_id || ' would' FROM placed JOIN faces face USING (photo_id)
    WHERE face.face_id <> placed.face_id AND face.face_id NOT IN (SELECT "faceId" FROM change WHERE subject = 'face')
      AND (bbox_x, bbox_y, bbox_w, bbox_h)
        = ((box->>'x')::integer, (box->>'y')::integer, (box->>'width')::integer, (box->>'height')::integer)`.execute(context.db);
  return rows.map(({ problem }) => problem);
}
