import { sql } from 'kysely';
import { lockIdentity } from '../../identity/change-identity.ts';
import { readFacesToChange } from '../../identity/read-faces.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { FaceAnalyzerLike } from '../../model/face-analyzer.ts';
import type { FaceBox } from '../../model/face-box.ts';
import { isAboutTheImage } from '../pictures/is-about-the-image.ts';
import { isSameBox } from './draw-face.ts';
import { type DrawnPhoto, lookAtFace, saveLook } from './look-at-face.ts';

interface DrawnFace extends DrawnPhoto {
  readonly faceId: string;
  readonly box: FaceBox;
}

/** Looks at faces that were drawn or moved without anybody to embed them. Those whose picture cannot be read wait on. */
export async function embedDrawnFaces(
  context: LibraryContext,
  analyzer: FaceAnalyzerLike,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const { faceId, box, ...photo } of await readDrawnFaces(context, analyzer.space.name)) {
    if (signal?.aborted) return;
    const look = await lookAtFace(context, photo, box, { analyzer, signal }).catch((error: unknown) => {
      if (signal?.aborted || isAboutTheImage(error)) return null;
      throw error;
    });
    if (!look) continue;
    await context.transaction(async (transaction) => {
      await lockIdentity(transaction);
      const now = (await readFacesToChange(transaction, [faceId])).get(faceId);
      if (now && isSameBox(now.box, box)) await saveLook(transaction, faceId, look);
    });
  }
}

async function readDrawnFaces({ db, libraryId }: LibraryContext, space: string): Promise<DrawnFace[]> {
  const { rows } = await sql<DrawnFace>`
    SELECT face_id AS "faceId", photo_id AS "photoId", mime, photo.width, photo.height,
      jsonb_build_object('x', bbox_x, 'y', bbox_y, 'width', bbox_w, 'height', bbox_h) AS box
    FROM faces face JOIN photos photo USING (photo_id)
    WHERE face.library_id = ${libraryId} AND source = 'manual' AND deleted_ts IS NULL AND missing_since IS NULL AND NOT EXISTS (
      SELECT FROM face_embeddings stored JOIN embedding_spaces USING (space_id)
      WHERE stored.face_id = face.face_id AND embedding_spaces.name = ${space})
    ORDER BY face_id`.execute(db);
  return rows;
}
