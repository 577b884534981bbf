import { type RawBuilder, sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import type { Person } from '../../model/people.ts';

export interface PersonRow extends Person {
  /** What a listing by name is sorted by: `émile` stands between Emil and Emma. */
  sortName: string;
}

/**
 * People with their counts and a face to show (the chosen cover, else their surest), in one query. `condition` and `rest` (ORDER BY,
 * LIMIT) speak of `person` and `sort_name`.
 */
export async function selectPeople(
  context: LibraryContext,
  condition: RawBuilder<unknown>,
  rest: RawBuilder<unknown> = sql``,
  signal?: AbortSignal,
): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    SELECT person.person_id AS "personId", display_name AS "displayName", aliases, birth_date AS "birthDate", hidden,
      coalesce(cover_face_id, surest_face_id) AS "coverFaceId", merged_into AS "mergedInto", coalesce(faces, 0) AS "facesCount",
      coalesce(photos, 0) AS "photosCount", created_ts AS "createdAt", person.event_id AS "eventId", sort_name AS "sortName"
    FROM people person
    CROSS JOIN LATERAL (SELECT coalesce(folded_names[1], '') AS sort_name) AS folded
    LEFT JOIN (
      SELECT person_id, count(face_id)::int AS faces, count(DISTINCT photo_id)::int AS photos,
        (array_agg(face_id ORDER BY label_source = 'human_confirmed' DESC, confidence DESC, face_id) FILTER (WHERE face_id IS NOT NULL))[1]
          AS surest_face_id
      FROM (
        SELECT person_id, photo_id, face_id, label_source, confidence FROM face_labels WHERE library_id = ${context.libraryId}
        UNION ALL
        SELECT person_id, photo_id, NULL, NULL, NULL FROM photo_labels WHERE library_id = ${context.libraryId}
      ) AS said GROUP BY person_id
    ) AS counted USING (person_id)
    WHERE person.library_id = ${context.libraryId} AND ${condition}
    ${rest}`.execute(context.db, { signal, inflightQueryAbortStrategy: 'cancel query' });
  return rows;
}

export function toPerson({ sortName: _, ...person }: PersonRow): Person {
  return person;
}
