import type { Person } from '@photoorg/sdk';
import type { PersonResource } from '../schemas/person.ts';

export function toPersonResource(person: Person): PersonResource {
  return { ...person, createdAt: person.createdAt.toISOString() };
}
