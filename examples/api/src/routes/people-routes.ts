import { NotFoundError } from '@photoorg/sdk';
import { toIdentityEventResource } from '../resources/identity-event-resource.ts';
import { toPageResource } from '../resources/page-resource.ts';
import { toPersonChangeResource, toPersonResource } from '../resources/person-resource.ts';
import { IdentityEvents } from '../schemas/label.ts';
import {
  CreatePersonRequest,
  ListPeopleQuery,
  MergePeopleRequest,
  MergePeopleResult,
  PersonByNameQuery,
  PersonChangeResource,
  PersonPage,
  PersonParams,
  PersonResource,
  RemovedPersonResource,
  RemovePersonQuery,
  SplitPersonRequest,
  SplitPersonResult,
  SplitProposalResource,
  UpdatePersonRequest,
} from '../schemas/person.ts';
import { jsonRoute } from './route.ts';

export const listPeople = jsonRoute({
  method: 'get',
  path: '/people',
  operationId: 'listPeople',
  tag: 'People',
  summary: 'List people with their numbers of faces and photos',
  query: ListPeopleQuery,
  resource: PersonPage,
  problems: ['INVALID_INPUT'],
  async handle({ library, query, signal }) {
    return toPageResource(await library.people.list({ ...query, signal }), toPersonResource);
  },
});

export const createPerson = jsonRoute({
  method: 'post',
  path: '/people',
  operationId: 'createPerson',
  tag: 'People',
  summary: 'Create a person',
  status: 201,
  idempotencyKey: 'accepted',
  body: CreatePersonRequest,
  resource: PersonChangeResource,
  problems: ['INVALID_INPUT'],
  location: ({ personId }) => `/api/people/${personId}`,
  async handle({ library, body }) {
    return toPersonChangeResource(await library.people.create(body));
  },
});

export const getPersonByName = jsonRoute({
  method: 'get',
  path: '/people/by-name',
  operationId: 'getPersonByName',
  tag: 'People',
  summary: 'Who goes by this name',
  description: 'One who is spelt exactly so comes first. Of several who fit equally well PERSON_AMBIGUOUS lists the candidates.',
  query: PersonByNameQuery,
  resource: PersonResource,
  problems: ['PERSON_NOT_FOUND', 'PERSON_AMBIGUOUS', 'INVALID_INPUT'],
  async handle({ library, query: { name } }) {
    const person = await library.people.findByName(name);
    if (!person) throw new NotFoundError('person', name);
    return toPersonResource(person);
  },
});

export const getPerson = jsonRoute({
  method: 'get',
  path: '/people/{personId}',
  operationId: 'getPerson',
  tag: 'People',
  summary: 'One person',
  params: PersonParams,
  resource: PersonResource,
  problems: ['PERSON_NOT_FOUND'],
  async handle({ library, params }) {
    return toPersonResource(await library.people.get(params.personId));
  },
});

export const updatePerson = jsonRoute({
  method: 'patch',
  path: '/people/{personId}',
  operationId: 'updatePerson',
  tag: 'People',
  summary: 'Rename a person or change what is known about them',
  idempotencyKey: 'accepted',
  params: PersonParams,
  body: UpdatePersonRequest,
  resource: PersonChangeResource,
  problems: ['PERSON_NOT_FOUND', 'PERSON_MERGED', 'PERSON_CHANGED', 'FACE_NOT_FOUND', 'INVALID_INPUT'],
  async handle({ library, params, body: { actor, revision, ...changes } }) {
    return toPersonChangeResource(await library.people.update(params.personId, changes, { actor, revision }));
  },
});

export const removePerson = jsonRoute({
  method: 'delete',
  path: '/people/{personId}',
  operationId: 'removePerson',
  tag: 'People',
  summary: 'Remove a person who was made by mistake',
  description:
    'With everybody who was merged into them. Refused while faces carry the name, unless unlabel. Undo it with the batchId.',
  idempotencyKey: 'accepted',
  params: PersonParams,
  query: RemovePersonQuery,
  resource: RemovedPersonResource,
  problems: ['PERSON_NOT_FOUND', 'PERSON_MERGED', 'PERSON_HAS_LABELS', 'PERSON_CHANGED', 'INVALID_INPUT'],
  async handle({ library, params, query }) {
    return library.people.remove(params.personId, query);
  },
});

export const mergePeople = jsonRoute({
  method: 'post',
  path: '/people/merge',
  operationId: 'mergePeople',
  tag: 'People',
  summary: 'Two people turned out to be one',
  description: 'All faces of fromId become those of intoId. Undo it with the batchId.',
  idempotencyKey: 'required',
  body: MergePeopleRequest,
  resource: MergePeopleResult,
  problems: [
    'PERSON_NOT_FOUND',
    'PERSON_MERGED',
    'PERSON_CHANGED',
    'MERGE_WITH_SELF',
    'PERSON_ALREADY_IN_PHOTO',
    'INVALID_INPUT',
  ],
  async handle({ library, body }) {
    return library.people.merge(body);
  },
});

export const splitPerson = jsonRoute({
  method: 'post',
  path: '/people/{personId}/split',
  operationId: 'splitPerson',
  tag: 'People',
  summary: 'Some faces of a person are somebody else',
  description: 'They become those of another person, or of a new one. Undo it with the batchId.',
  idempotencyKey: 'accepted',
  params: PersonParams,
  body: SplitPersonRequest,
  resource: SplitPersonResult,
  problems: [
    'PERSON_NOT_FOUND',
    'PERSON_MERGED',
    'PERSON_CHANGED',
    'FACE_NOT_FOUND',
    'LABEL_CHANGED',
    'PERSON_ALREADY_IN_PHOTO',
    'INVALID_INPUT',
  ],
  async handle({ library, params, body }) {
    return library.people.split({ fromId: params.personId, ...body });
  },
});

export const proposeSplit = jsonRoute({
  method: 'get',
  path: '/people/{personId}/split',
  operationId: 'proposeSplit',
  tag: 'People',
  summary: 'Where to cut a person in two, and whether it looks like two people',
  description: 'By the look of the confirmed faces. Changes nothing.',
  params: PersonParams,
  resource: SplitProposalResource,
  problems: ['PERSON_NOT_FOUND'],
  async handle({ library, params, signal }) {
    return { proposal: await library.people.proposeSplit(params.personId, { signal }) };
  },
});

export const getPersonHistory = jsonRoute({
  method: 'get',
  path: '/people/{personId}/history',
  operationId: 'getPersonHistory',
  tag: 'People',
  summary: 'The journal of a person: named, merged, labelled, rejected',
  params: PersonParams,
  resource: IdentityEvents,
  problems: ['PERSON_NOT_FOUND'],
  async handle({ library, params }) {
    await library.people.get(params.personId);
    return { items: (await library.labels.history({ personId: params.personId })).map(toIdentityEventResource) };
  },
});
