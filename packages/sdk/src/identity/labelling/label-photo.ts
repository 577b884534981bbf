import { sql } from 'kysely';
import { NotFoundError } from '../../errors/not-found-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { LabelChange } from '../../model/labels.ts';
import { isUuid } from '../../values/is-uuid.ts';
import { changeIdentity } from '../change-identity.ts';
import { PRESENT } from '../identity-change.ts';
import { findSurvivor } from '../people/find-survivor.ts';

interface PhotoLabelOptions {
  photoId: string;
  personId: string;
  actor: string;
}

/** Says that somebody is on a photo, or takes that back, whatever faces there are. */
export async function labelPhoto(context: LibraryContext, options: PhotoLabelOptions, isThere: boolean): Promise<LabelChange> {
  return changeIdentity(context, options.actor, async (transaction) => {
    const { personId } = await findSurvivor(transaction, options.personId);
    const photoId = await findPhotoId(transaction, options.photoId);
    const standing = await readPeopleOfPhotos(transaction, sql`photo_id = ${photoId} AND person_id = ${personId}`);
    return [
      {
        subject: 'photo',
        photoId,
        personId,
        before: standing.has(photoId) ? PRESENT : null,
        after: isThere ? PRESENT : null,
      },
    ];
  });
}

/**
 * Who is on photos by a word about the photo as a whole, by photo id; people who have a face there too among them. `condition` speaks of
 * `photo_labels`.
 */
export async function readPeopleOfPhotos(
  { db, libraryId }: LibraryContext,
  condition = sql`true`,
): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ photoId: string; personId: string }>`
    SELECT photo_id AS "photoId", person_id AS "personId" FROM photo_labels
    WHERE library_id = ${libraryId} AND ${condition} ORDER BY photo_id, person_id`.execute(db);
  const byPhoto = Map.groupBy(rows, ({ photoId }) => photoId);
  return new Map([...byPhoto].map(([photoId, people]) => [photoId, new Set(people.map(({ personId }) => personId))]));
}

async function findPhotoId({ db, libraryId }: LibraryContext, photoId: string): Promise<string> {
  const row = isUuid(photoId)
    ? await db
        .selectFrom('photos')
        .select('photo_id')
        .where('library_id', '=', libraryId)
        .where('photo_id', '=', photoId)
        .where('deleted_ts', 'is', null)
        .executeTakeFirst()
    : undefined;
  if (!row) throw new NotFoundError('photo', photoId);
  return row.photo_id;
}
