import { sql } from 'kysely';
import { changeIdentity } from '../../identity/change-identity.ts';
import type { IdentityChange } from '../../identity/identity-change.ts';
import { findSurvivors } from '../../identity/people/find-survivor.ts';
import { foldName } from '../../identity/people/person-row.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import { newId } from '../../values/new-id.ts';

interface FoundName {
  name: string;
  folded: string;
  personId: string | null;
}

/**
 * The person of each name (as `checkName` gives it): found by display name or alias as `people.findByName` does, one spelt exactly so
 * first; else made, once for all spellings that differ in case or accents only. Somebody who was merged into another stands for the
 * survivor. Making people is a batch of its own, so that undoing labels leaves them.
 */
export async function findOrCreatePeople(
  context: LibraryContext,
  names: readonly string[],
  actor: string,
): Promise<Map<string, string>> {
  const found = await findNames(context, [...new Set(names)]);
  const created = new Map<string, { personId: string; displayName: string }>();
  for (const { name, folded, personId } of found) {
    if (personId === null && !created.has(folded)) created.set(folded, { personId: newId(), displayName: name });
  }
  await changeIdentity(context, actor, async () => [...created.values()].map(creation));
  const survivors = await findSurvivors(
    context,
    found.flatMap(({ personId }) => personId ?? []),
  );
  return new Map(
    found.map(({ name, folded, personId }) => [
      name,
      personId === null ? created.get(folded)!.personId : survivors.get(personId)!.personId,
    ]),
  );
}

async function findNames(context: LibraryContext, names: readonly string[]): Promise<FoundName[]> {
  const { rows } = await sql<FoundName>`
    WITH wanted AS (
      SELECT name, ${foldName(sql`name`)} AS folded, place FROM unnest(${[...names]}::text[]) WITH ORDINALITY AS asked (name, place)
    ), known AS (
      SELECT person_id, merged_into, name, ${foldName(sql`name`)} AS folded, is_alias
      FROM people CROSS JOIN LATERAL (
        SELECT display_name AS name, false AS is_alias UNION ALL SELECT unnest(aliases), true
      ) AS names
      WHERE library_id = ${context.libraryId}
    )
    SELECT wanted.name, wanted.folded, (
      SELECT person_id FROM known WHERE known.folded = wanted.folded
      ORDER BY merged_into IS NOT NULL, known.name <> wanted.name, is_alias, person_id LIMIT 1
    ) AS "personId"
    FROM wanted ORDER BY place`.execute(context.db);
  return rows;
}

function creation({ personId, displayName }: { personId: string; displayName: string }): IdentityChange {
  const createdAt = new Date().toISOString();
  return {
    subject: 'person',
    personId,
    before: null,
    after: { displayName, aliases: [], birthDate: null, hidden: false, coverFaceId: null, mergedInto: null, createdAt },
  };
}
