import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { FaceState } from './identity-change.ts';

/** Of rows `face` and `photo`, as a state of the journal has them. */
export const BOX_AND_IMAGE = sql`
  jsonb_build_object('x', bbox_x, 'y', bbox_y, 'width', bbox_w, 'height', bbox_h) AS box,
  jsonb_build_object('width', photo.width, 'height', photo.height) AS image`;

/** Faces as they stand, by id; their photos are locked, so that no run that finds faces there changes them meanwhile. */
export async function readFacesToChange(context: LibraryContext, faceIds: readonly string[]): Promise<Map<string, FaceState>> {
  await sql`
    SELECT FROM photos WHERE photo_id IN (SELECT photo_id FROM faces WHERE face_id = ANY (${[...faceIds]}::uuid[]))
    ORDER BY photo_id FOR NO KEY UPDATE`.execute(context.db);
  const { rows } = await sql<FaceState & { faceId: string }>`
    SELECT face_id AS "faceId", photo_id AS "photoId", source, ${BOX_AND_IMAGE}
    FROM faces face JOIN photos photo USING (photo_id)
    WHERE face.library_id = ${context.libraryId} AND face_id = ANY (${[...faceIds]}::uuid[])`.execute(context.db);
  return new Map(rows.map(({ faceId, ...face }) => [faceId, face]));
}
