import { sql } from 'kysely';
import { formerBox } from '../../identity/former-faces.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { FaceBox } from '../../model/face-box.ts';
import { overlap, SAME_FACE_OVERLAP } from '../../values/face-overlap.ts';

/** Where somebody said that there is no face, by photo. */
export async function readBarredBoxes(context: LibraryContext, photoIds: readonly string[]): Promise<Map<string, FaceBox[]>> {
  const { rows } = await sql<{ photoId: string; box: Record<'bbox_x' | 'bbox_y' | 'bbox_w' | 'bbox_h', number> }>`
    SELECT photo_id AS "photoId", ${formerBox} AS box FROM former_faces former JOIN photos photo USING (photo_id)
    WHERE is_barred AND photo_id = ANY (${[...photoIds]}::uuid[])`.execute(context.db);
  const boxes = rows.map(({ photoId, box: { bbox_x: x, bbox_y: y, bbox_w: width, bbox_h: height } }) => ({
    photoId,
    box: { x, y, width, height },
  }));
  return new Map(
    [...Map.groupBy(boxes, ({ photoId }) => photoId)].map(([photoId, some]) => [photoId, some.map(({ box }) => box)]),
  );
}

export function isBarred(found: FaceBox, barred: readonly FaceBox[]): boolean {
  return barred.some((box) => overlap(box, found) >= SAME_FACE_OVERLAP);
}
