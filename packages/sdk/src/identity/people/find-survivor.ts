import { sql } from 'kysely';
import { NotFoundError } from '../../errors/not-found-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import { isUuid } from '../../values/is-uuid.ts';
import { personNotFound } from './person-not-found.ts';

/** Who a person id stands for today. */
export interface Survivor {
  readonly personId: string;
  readonly displayName: string;
}

/**
 * The person, or the one it was merged into, at the end of the chain: a page that was opened before a merge still names the right
 * one. Throws NotFoundError (PERSON_NOT_FOUND).
 */
export async function findSurvivor(context: LibraryContext, personId: string): Promise<Survivor> {
  return (await findSurvivors(context, [personId])).get(personId)!;
}

/** The same for several, by the id asked for. */
export async function findSurvivors(context: LibraryContext, personIds: readonly string[]): Promise<Map<string, Survivor>> {
  const wanted = [...new Set(personIds)];
  const malformed = wanted.find((personId) => !isUuid(personId));
  if (malformed !== undefined) throw new NotFoundError('person', malformed);
  const { rows } = await sql<Survivor & { asked: string }>`
    WITH RECURSIVE chain AS (
      SELECT person_id AS asked, person_id, merged_into, display_name FROM people
      WHERE library_id = ${context.libraryId} AND person_id = ANY (${wanted}::uuid[])
      UNION ALL
      SELECT chain.asked, person.person_id, person.merged_into, person.display_name
      FROM chain JOIN people person ON person.person_id = chain.merged_into
    )
    SELECT asked, person_id AS "personId", display_name AS "displayName" FROM chain WHERE merged_into IS NULL`.execute(
    context.db,
  );
  const survivors = new Map(rows.map(({ asked, ...survivor }) => [asked, survivor]));
  const unknown = wanted.find((personId) => !survivors.has(personId.toLowerCase()));
  if (unknown !== undefined) throw await personNotFound(context, unknown);
  return new Map(wanted.map((personId) => [personId, survivors.get(personId.toLowerCase())!]));
}
