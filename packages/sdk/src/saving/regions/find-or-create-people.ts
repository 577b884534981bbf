import { sql } from 'kysely';
import { changeIdentity } from '../../identity/change-identity.ts';
import type { IdentityChange } from '../../identity/identity-change.ts';
import { findSurvivors } from '../../identity/people/find-survivor.ts';
import { type Named, readNamed } from '../../identity/people/read-named.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import { newId } from '../../values/new-id.ts';

/**
 * The person of each name (as `checkName` gives it): found as `people.findByName` does; else made, once for all spellings that are the same
 * folded. Making people is a batch of its own, so that undoing labels leaves them.
 *
 * Of namesakes a file does not say which one it means, and nobody is there to be asked: they are left alone. What files call so is a person of
 * their own, made by `actor` once; whoever merges that one says who is meant, also for files to come.
 */
export async function findOrCreatePeople(
  context: LibraryContext,
  names: readonly string[],
  actor: string,
): Promise<Map<string, string>> {
  const found = await readNamed(context, [...new Set(names)]);
  const own = await ofActor(
    context,
    found.filter(({ meant }) => meant.length > 1),
    actor,
  );
  const idOf = ({ name, meant }: Named) => (meant.length === 1 ? meant[0] : own.get(name));
  const created = new Map<string, { personId: string; displayName: string }>();
  for (const named of found) {
    const { name, folded } = named;
    if (idOf(named) === undefined && !created.has(folded)) created.set(folded, { personId: newId(), displayName: name });
  }
  await changeIdentity(context, actor, async () => [...created.values()].map(creation));
  return new Map(found.map((named) => [named.name, idOf(named) ?? created.get(named.folded)!.personId]));
}

/** Of several who go by a name, the one whom the actor made, or into whom that one was merged. */
async function ofActor(context: LibraryContext, names: readonly Named[], actor: string): Promise<Map<string, string>> {
  const bearers = names.flatMap((named) => named.bearers.map(({ personId }) => personId));
  if (bearers.length === 0) return new Map();
  const { rows } = await sql<{ personId: string }>`
    SELECT DISTINCT person_id AS "personId" FROM identity_events
    WHERE library_id = ${context.libraryId} AND person_id = ANY (${bearers}::uuid[]) AND kind = 'person_created' AND actor = ${actor}`.execute(
    context.db,
  );
  const made = new Set(rows.map(({ personId }) => personId));
  const survivors = await findSurvivors(context, [...made]);
  return new Map(
    names.flatMap(({ name, bearers }) => {
      const own = bearers.find(({ personId }) => made.has(personId));
      return own ? [[name, survivors.get(own.personId)!.personId] as const] : [];
    }),
  );
}

/** Makes somebody of a name. */
export function creation({ personId, displayName }: { personId: string; displayName: string }): IdentityChange {
  const createdAt = new Date().toISOString();
  return {
    subject: 'person',
    personId,
    before: null,
    after: { displayName, aliases: [], birthDate: null, hidden: false, coverFaceId: null, mergedInto: null, createdAt },
  };
}
