import type { Person, PhotoLibrary } from '@photoorg/sdk';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A person named on the command line, by id or by name. Throws NotFoundError (PERSON_NOT_FOUND) and AmbiguousPersonError (PERSON_AMBIGUOUS). */
export async function resolvePerson(library: PhotoLibrary, idOrName: string): Promise<Person> {
  if (uuid.test(idOrName)) return library.people.get(idOrName);
  const person = await library.people.findByName(idOrName);
  if (person) return person;
  const { NotFoundError } = await import('@photoorg/sdk');
  throw new NotFoundError('person', idOrName, {
    remedy: `Create the person with: photoorg people create ${JSON.stringify(idOrName)}`,
  });
}
