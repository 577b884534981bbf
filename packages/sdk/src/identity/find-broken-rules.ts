import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import { findBrokenFaceRules } from './find-broken-face-rules.ts';
import type { IdentityChange } from './identity-change.ts';
import { findSamePhotoConflicts } from './same-photo.ts';

/**
 * What the library's rules would say against the state after `changes`, one sentence each. Operations keep the rules by the way
 * they decide; this is for changes that come from elsewhere, such as the reverse of an old batch.
 */
export async function findBrokenRules(context: LibraryContext, changes: readonly IdentityChange[]): Promise<string[]> {
  const samePhoto = await findSamePhotoConflicts(context, changes);
  const { rows } = await sql<{ problem: string }>`
    WITH RECURSIVE change AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS change
        (subject text, "faceId" uuid, "photoId" uuid, "personId" uuid, before jsonb, after jsonb)
    ), touched_face AS (
      SELECT DISTINCT "faceId" AS face_id FROM change WHERE subject IN ('label', 'rejection')
    ), touched_person AS (
      SELECT "personId" AS person_id FROM change WHERE subject = 'person'
    ), label AS (
      SELECT "faceId" AS face_id, (after->>'personId')::uuid AS person_id FROM change WHERE subject = 'label' AND after IS NOT NULL
      UNION ALL
      SELECT face_id, person_id FROM face_labels
      WHERE library_id = ${context.libraryId} AND face_id NOT IN (SELECT "faceId" FROM change WHERE subject = 'label')
        AND (person_id IN (SELECT person_id FROM touched_person) OR face_id IN (SELECT face_id FROM touched_face))
    ), rejection AS (
      SELECT "faceId" AS face_id, "personId" AS person_id FROM change WHERE subject = 'rejection' AND after IS NOT NULL
      UNION ALL
      SELECT face_id, person_id FROM face_rejections WHERE library_id = ${context.libraryId}
        AND (face_id, person_id) NOT IN (SELECT "faceId", "personId" FROM change WHERE subject = 'rejection')
        AND (person_id IN (SELECT person_id FROM touched_person) OR face_id IN (SELECT face_id FROM touched_face))
    ), presence AS (
      SELECT "photoId" AS photo_id, "personId" AS person_id FROM change WHERE subject = 'photo' AND after IS NOT NULL
      UNION ALL
      SELECT photo_id, person_id FROM photo_labels WHERE library_id = ${context.libraryId}
        AND (photo_id, person_id) NOT IN (SELECT "photoId", "personId" FROM change WHERE subject = 'photo')
        AND person_id IN (SELECT person_id FROM touched_person)
    ), person AS (
      SELECT "personId" AS person_id, (after->>'mergedInto')::uuid AS merged_into
      FROM change WHERE subject = 'person' AND after IS NOT NULL
      UNION ALL
      SELECT person_id, merged_into FROM people
      WHERE library_id = ${context.libraryId} AND person_id NOT IN (SELECT "personId" FROM change WHERE subject = 'person')
    ), live AS (
      SELECT person_id FROM person WHERE merged_into IS NULL
    ), path AS (
      SELECT person_id AS start, merged_into AS next FROM person WHERE person_id IN (SELECT person_id FROM touched_person)
      UNION
      SELECT path.start, person.merged_into FROM path JOIN person ON person.person_id = path.next
    )
    SELECT DISTINCT 'person ' || person_id || ' is merged or gone, but face ' || face_id || ' would be labelled so' AS problem
    FROM label WHERE person_id NOT IN (SELECT person_id FROM live)
    UNION ALL
    SELECT DISTINCT 'person ' || person_id || ' is merged or gone, but stands among the people that face ' || face_id || ' is not'
    FROM rejection WHERE person_id NOT IN (SELECT person_id FROM live)
    UNION ALL
    SELECT DISTINCT 'person ' || person_id || ' is merged or gone, but would be on photo ' || photo_id
    FROM presence WHERE person_id NOT IN (SELECT person_id FROM live)
    UNION ALL
    SELECT 'photo ' || "photoId" || ' is gone' FROM change
    WHERE subject = 'photo' AND after IS NOT NULL AND "photoId" NOT IN (SELECT photo_id FROM photos)
    UNION ALL
    SELECT 'person ' || merged_into || ' is gone, but person ' || person_id || ' is merged into it'
    FROM person WHERE merged_into NOT IN (SELECT person_id FROM person)
    UNION ALL
    SELECT 'person ' || start || ' would be merged into itself, by way of others' FROM path WHERE next = start
    UNION ALL
    SELECT 'face ' || face_id || ' is not person ' || person_id || ', somebody said'
    FROM label JOIN rejection USING (face_id, person_id)`.execute(context.db);
  return [
    ...(await findBrokenFaceRules(context, changes)),
    ...samePhoto.map(({ photoId, personId }) => `person ${personId} would stand twice in photo ${photoId}`),
    ...rows.map((row) => row.problem),
  ];
}
