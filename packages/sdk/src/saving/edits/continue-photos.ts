import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import { newId } from '../../values/new-id.ts';
import type { PreparedPhoto } from '../rows/prepare-photo.ts';
import { replaceContent } from '../rows/replace-content.ts';
import type { EarlierPhoto } from './find-earlier-photos.ts';

/**
 * Gives photos whose only file was edited in place its new content: keywords added, a date set right, saved smaller. The photo stays, with
 * its faces, labels and history. Not where the frame changed, since faces would be at other places, and not where another file still
 * holds what it was, or one of this run will (`heldContents`, hex). Returns the photos that went on.
 */
export async function continuePhotos(
  context: LibraryContext,
  photos: readonly PreparedPhoto[],
  earlier: readonly EarlierPhoto[],
  { runId, heldContents }: { runId: string | null; heldContents: ReadonlySet<string> },
): Promise<Set<string>> {
  const continued = new Set<string>();
  const contents = new Set<string>();
  for (const { index, photoId, sha256, fileId, likeness, isFree, ...size } of earlier) {
    const photo = photos[index]!;
    if (!isFree || likeness !== 'frame' || heldContents.has(sha256)) continue;
    if (continued.has(photoId) || contents.has(photo.sha256)) continue;
    continued.add(photoId);
    contents.add(photo.sha256);
    await sql`
      INSERT INTO file_events (event_id, library_id, file_id, photo_id, kind, former_sha256, run_id)
      SELECT ${newId()}, library_id, ${fileId}, photo_id, 'edited', sha256, ${runId} FROM photos WHERE photo_id = ${photoId}`.execute(
      context.db,
    );
    await replaceContent(context, photoId, size, photo);
  }
  return continued;
}
