import { createPerson, listPeople } from '../api/library-api.ts';

/** Enough to hold everyone whose name contains a given full name. */
const namesakesMax = 200;

/** The id of whoever has exactly this name, made known first if need be; so a repeated attempt creates nobody twice. */
export async function findOrCreatePerson(displayName: string, actor: string): Promise<string> {
  const { items } = await listPeople({ q: displayName, limit: namesakesMax });
  const known = items.find((person) => isSameName(person.displayName, displayName));
  return (known ?? (await createPerson({ displayName, actor }))).personId;
}

/** Whether two names differ in nothing but upper and lower case. */
export function isSameName(a: string, b: string): boolean {
  return a.trim().localeCompare(b.trim(), undefined, { sensitivity: 'accent' }) === 0;
}
