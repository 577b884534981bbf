import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import type { FaceBox } from '../../model/face-box.ts';
import type { AnalyzedPhoto, PersonShown, PhotoToSave } from '../../model/photos.ts';
import { matchRegions } from './match-regions.ts';
import { namedRegions } from './read-regions.ts';

/**
 * Regions that were drawn on a picture of another size with the same ratio of sides: this one may be that one, scaled, or a part of it, since people crop
 * with the ratio locked. More than half of them show faces that were found, or none is believed: then the names have no place.
 */
export async function checkScaledRegions(
  context: LibraryContext,
  { photo, faces }: Pick<AnalyzedPhoto, 'photo' | 'faces'>,
): Promise<PhotoToSave> {
  const scaled = (namedRegions(photo) ?? []).filter(({ isScaled }) => isScaled);
  if (scaled.length === 0) return photo;
  const found = faces?.map(({ box }) => box) ?? (await detectedBoxes(context, photo.sha256));
  if (found === null) return photo;
  const matches = matchRegions(
    scaled.map(({ box }) => box),
    found,
  );
  if (matches.filter((match) => match !== null).length * 2 > scaled.length) return photo;
  const unplaced = scaled.map(({ name, source, file }): PersonShown => ({ name, source, file, reason: 'other-picture' }));
  return {
    ...photo,
    faceRegions: photo.faceRegions?.filter(({ isScaled }) => !isScaled) ?? null,
    peopleShown: [...unplaced, ...(photo.peopleShown ?? [])],
  };
}

/** null where nobody has looked for faces. */
async function detectedBoxes(context: LibraryContext, sha256: Uint8Array): Promise<FaceBox[] | null> {
  const { rows } = await sql<{ boxes: FaceBox[] }>`
    SELECT (
      SELECT coalesce(json_agg(json_build_object('x', bbox_x, 'y', bbox_y, 'width', bbox_w, 'height', bbox_h)), '[]')
      FROM faces WHERE faces.photo_id = photo.photo_id AND source = 'detected'
    ) AS boxes
    FROM photos photo
    WHERE library_id = ${context.libraryId} AND sha256 = ${sha256} AND faces_detected_ts IS NOT NULL`.execute(context.db);
  return rows[0]?.boxes ?? null;
}
