import { sql } from 'kysely';
import type { FaceFacts } from '../../evidence/face-facts.ts';
import type { LibraryContext } from '../../library/library-context.ts';

/** Who is on a photo without a face there, as somebody said. */
export interface PhotoLabels extends Pick<FaceFacts, 'photoId' | 'shotLocal' | 'shotPrecision' | 'latitude' | 'longitude'> {
  readonly people: readonly string[];
}

/** Of photos that are there. */
export async function readPhotoLabels({ db, libraryId }: LibraryContext): Promise<PhotoLabels[]> {
  const { rows } = await sql<PhotoLabels>`
    SELECT photo_id AS "photoId", shot_local AS "shotLocal", shot_ts_precision AS "shotPrecision", latitude, longitude,
      ARRAY(SELECT person_id::text FROM photo_labels label WHERE label.photo_id = photos.photo_id ORDER BY person_id) AS people
    FROM photos WHERE deleted_ts IS NULL
      AND photo_id IN (SELECT photo_id FROM photo_labels WHERE library_id = ${libraryId}) ORDER BY photo_id`.execute(db);
  return rows;
}
