import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';

/** Those whose face, and person if any, exist: both may have been removed since they were compared. */
export async function stillThere<Item extends { readonly faceId: string; readonly personId?: string }>(
  context: LibraryContext,
  items: readonly Item[],
): Promise<Item[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT face_id AS id FROM faces WHERE face_id = ANY (${items.map(({ faceId }) => faceId)}::uuid[])
    UNION ALL
    SELECT person_id FROM people WHERE person_id = ANY (${items.flatMap(({ personId }) => personId ?? [])}::uuid[])`.execute(
    context.db,
  );
  const existing = new Set(rows.map(({ id }) => id));
  return items.filter(({ faceId, personId }) => existing.has(faceId) && (personId === undefined || existing.has(personId)));
}
