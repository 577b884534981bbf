import { type RawBuilder, sql } from 'kysely';
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
export async function activeSpace(context: LibraryContext): Promise<ActiveSpace | null> {
  return readSpace(context, sql`space_id = (SELECT space_id FROM active_spaces WHERE library_id = ${context.libraryId})`);
}

/** As `activeSpace`, of any space of the database. */
export async function spaceInUse(context: LibraryContext, spaceId: string): Promise<ActiveSpace | null> {
  return readSpace(context, sql`space_id = ${spaceId}`);
}

/** `ActiveSpace.scale` of a row of `embedding_spaces` called `space`. */
export function scaleOf({ libraryId }: LibraryContext): RawBuilder<number> {
  return sql<number>`coalesce(
    (SELECT scale FROM space_scales measured WHERE measured.library_id = ${libraryId} AND measured.space_id = space.space_id),
    ${DLIB_SAME_PERSON_DISTANCE}::float8 / space.same_person_distance, 1)`;
}

async function readSpace(context: LibraryContext, condition: RawBuilder<unknown>): Promise<ActiveSpace | null> {
  const { rows } = await sql<ActiveSpace>`
    SELECT space_id AS "spaceId", name, dimension, ${scaleOf(context)} AS scale
    FROM embedding_spaces space WHERE ${condition}`.execute(context.db);
  return rows[0] ?? null;
}
