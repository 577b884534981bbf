import { sql } from 'kysely';
import { AmbiguousPersonError } from '../../errors/ambiguous-person-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { Person } from '../../model/people.ts';
import { checkName } from './person-fields.ts';
import { selectPeople, toPerson } from './person-row.ts';
import { readNamed } from './read-named.ts';

/** Whom a name stands for; null for nobody. Throws AmbiguousPersonError when it stands for several. */
export async function findByName(context: LibraryContext, name: string): Promise<Person | null> {
  const wanted = checkName(name, 'name');
  const [named] = await readNamed(context, [wanted]);
  const [person = null, ...others] = await readInOrder(context, named!.meant);
  if (others.length > 0) throw new AmbiguousPersonError(wanted, [person!, ...others]);
  return person;
}

/** Everybody who goes by a name and was not merged into another, those who fit best first. */
export async function listByName(context: LibraryContext, name: string): Promise<Person[]> {
  const [named] = await readNamed(context, [checkName(name, 'name')]);
  return readInOrder(
    context,
    named!.bearers.filter(({ isMerged }) => !isMerged).map(({ personId }) => personId),
  );
}

async function readInOrder(context: LibraryContext, personIds: readonly string[]): Promise<Person[]> {
  if (personIds.length === 0) return [];
  const ids = sql`${[...personIds]}::uuid[]`;
  const rows = await selectPeople(context, sql`person_id = ANY (${ids})`, sql`ORDER BY array_position(${ids}, person_id)`);
  return rows.map(toPerson);
}
