import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';

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
