import { sql } from 'kysely';
import { NotFoundError } from '../../errors/not-found-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { LabelChange } from '../../model/labels.ts';
import { isUuid } from '../../values/is-uuid.ts';
import { changeIdentity } from '../change-identity.ts';
import { PRESENT } from '../identity-change.ts';
import { findSurvivor } from '../people/find-survivor.ts';
import { readPeopleOfPhotos } from '../read-people-of-photos.ts';

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
