import { sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { PersonOnPhoto, Photos } from '../model/photos.ts';
import { isUuid } from '../values/is-uuid.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';

type PeopleOptions = NonNullable<Parameters<Photos['people']>[1]>;

const OPTIONS: KnownNames<PeopleOptions> = { signal: true };

/** See `Photos.people`. */
export async function readPeopleOnPhotos(
  { db, libraryId }: LibraryContext,
  photoIds: readonly string[],
  options: PeopleOptions,
): Promise<Map<string, PersonOnPhoto[]>> {
  refuseUnknown<PeopleOptions>(options, OPTIONS, 'the options of photos.people');
  const noId = photoIds.find((photoId) => !isUuid(photoId));
  if (noId !== undefined) throw InvalidInputError.expected('ids of photos', 'photoIds', noId);
  if (photoIds.length === 0) return new Map();
  const asked = sql`${[...photoIds]}::uuid[]`;
  const { rows } = await sql<PersonOnPhoto & { photoId: string }>`
    SELECT photo_id AS "photoId", person_id AS "personId", display_name AS "displayName", bool_and(is_guess) AS "isGuess"
    FROM (
      SELECT photo_id, person_id, label_source = 'model_guess' AS is_guess FROM face_labels WHERE photo_id = ANY (${asked})
      UNION ALL SELECT photo_id, person_id, false FROM photo_labels WHERE photo_id = ANY (${asked})
    ) AS label JOIN people USING (person_id)
    WHERE people.library_id = ${libraryId}
    GROUP BY photo_id, person_id, display_name ORDER BY photo_id, display_name, person_id`.execute(db, {
    signal: options.signal,
    inflightQueryAbortStrategy: 'cancel query',
  });
  const byPhoto = Map.groupBy(rows, ({ photoId }) => photoId);
  return new Map([...byPhoto].map(([photoId, people]) => [photoId, people.map(({ photoId: _, ...person }) => person)]));
}
