import { sql } from 'kysely';
import type { LibraryContext } from './library-context.ts';

/** The embedding space that a library serves from. */
export interface ActiveSpace {
  readonly spaceId: string;
  readonly name: string;
  readonly dimension: number;
  /** What its distances are multiplied with to be like dlib's, which the weights of the review were fitted on. */
  readonly scale: number;
}

/** L2 distance below which dlib takes two faces for one person. */
export const DLIB_SAME_PERSON_DISTANCE = 0.6;

/** null for a library that no space was added to. */
export async function activeSpace({ db, libraryId }: LibraryContext): Promise<ActiveSpace | null> {
  const { rows } = await sql<ActiveSpace>`
    SELECT space_id AS "spaceId", name, dimension,
      coalesce(scale, ${DLIB_SAME_PERSON_DISTANCE}::float8 / same_person_distance, 1) AS scale
    FROM active_spaces JOIN embedding_spaces USING (space_id) LEFT JOIN space_scales USING (library_id, space_id)
    WHERE library_id = ${libraryId}`.execute(db);
  return rows[0] ?? null;
}
