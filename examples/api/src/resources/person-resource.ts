import type { Person, PersonChange } from '@photoorg/sdk';
import type { PersonChangeResource, PersonResource } from '../schemas/person.ts';

export function toPersonResource(person: Person): PersonResource {
  return { ...person, createdAt: person.createdAt.toISOString() };
}

export function toPersonChangeResource({ batchId, events, ...person }: PersonChange): PersonChangeResource {
  return { ...toPersonResource(person), batchId, events };
}
