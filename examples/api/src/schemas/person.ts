import { z } from 'zod';
import {
  Actor,
  CalendarDay,
  FACES_PER_REQUEST_MAX,
  Id,
  Instant,
  NAME_LENGTH_MAX,
  orNull,
  text,
  textOrNothing,
} from './common.ts';
import { labelChangeFields, Revisions } from './label.ts';
import { pageOf, pageQuery, queryBoolean } from './query.ts';

const ALIASES_MAX = 50;

const personFields = {
  personId: Id,
  displayName: z.string(),
  aliases: z.array(z.string()),
  birthDate: CalendarDay.nullable(),
  hidden: z.boolean(),
  coverFaceId: Id.nullable(),
  mergedInto: Id.nullable().meta({ description: 'The person whom this one turned out to be.' }),
  facesCount: z.int().min(0),
  photosCount: z.int().min(0),
  createdAt: Instant,
  eventId: Id.meta({ description: 'The journal entry that made or last changed them: the revision of the person.' }),
};

export const PersonResource = z.object(personFields).meta({ id: 'Person' });
export type PersonResource = z.infer<typeof PersonResource>;

export const PersonChangeResource = z
  .object({ ...personFields, ...labelChangeFields })
  .meta({ id: 'PersonChange', description: 'A person after a change, and what undoes it.' });
export type PersonChangeResource = z.infer<typeof PersonChangeResource>;

export const PersonPage = pageOf(PersonResource).meta({ id: 'PersonPage' });
export type PersonPage = z.infer<typeof PersonPage>;

export const PersonParams = z.strictObject({ personId: Id });

export const PersonByNameQuery = z.strictObject({
  name: text(NAME_LENGTH_MAX).meta({
    description: 'A whole name or alias; case, accents and forms of letters make no difference.',
  }),
});

export const ListPeopleQuery = z.strictObject({
  ...pageQuery,
  q: textOrNothing(NAME_LENGTH_MAX)
    .optional()
    .meta({ description: 'Part of a name or an alias; empty, as if it were left out.' }),
  includeHidden: queryBoolean().optional(),
  order: z.enum(['name', 'faces']).default('name'),
});
export type ListPeopleQuery = z.input<typeof ListPeopleQuery>;

const PersonRevision = Id.meta({
  description:
    'eventId of the person as it was read: PERSON_CHANGED when somebody changed them since. Without it the last word counts.',
});

const DisplayName = text(NAME_LENGTH_MAX).meta({ example: 'Ada Lovelace' });
const Aliases = z.array(text(NAME_LENGTH_MAX)).max(ALIASES_MAX);

export const CreatePersonRequest = z
  .strictObject({
    displayName: DisplayName,
    aliases: Aliases.optional(),
    birthDate: CalendarDay.optional(),
    actor: Actor.optional(),
  })
  .meta({ id: 'CreatePersonRequest', examples: [{ displayName: 'Ada Lovelace', birthDate: '1815-12-10', actor: 'anna' }] });
export type CreatePersonRequest = z.input<typeof CreatePersonRequest>;

export const UpdatePersonRequest = z
  .strictObject({
    displayName: DisplayName.optional(),
    aliases: Aliases.optional(),
    birthDate: CalendarDay.nullable().optional(),
    hidden: z.boolean().optional(),
    coverFaceId: Id.nullable().optional(),
    actor: Actor.optional(),
    revision: PersonRevision.optional(),
  })
  .refine(({ actor: _actor, revision: _revision, ...changes }) => Object.keys(changes).length > 0, {
    error: 'Expected at least one field to change.',
  })
  .meta({
    id: 'UpdatePersonRequest',
    examples: [{ displayName: 'Ada King', actor: 'anna' }],
    description: 'Only the fields given change.',
  });
export type UpdatePersonRequest = z.input<typeof UpdatePersonRequest>;

/** A DELETE carries no body, so who removes the person stands in the query. */
export const RemovePersonQuery = z.strictObject({
  actor: Actor,
  unlabel: queryBoolean().optional().meta({ description: 'Also take the name off the faces that carry it.' }),
  revision: PersonRevision.optional(),
});
export type RemovePersonQuery = z.input<typeof RemovePersonQuery>;

export const RemovedPersonResource = z
  .object({ ...labelChangeFields, unlabelledFaces: z.int().min(0).meta({ description: 'Faces that lost the name.' }) })
  .meta({ id: 'RemovedPerson' });
export type RemovedPersonResource = z.infer<typeof RemovedPersonResource>;

export const MergePeopleRequest = z
  .strictObject({
    fromId: Id.meta({ description: 'The person who turned out to be another.' }),
    intoId: Id.meta({ description: 'The person who stays.' }),
    actor: Actor,
    allowSamePhoto: z.boolean().optional().meta({ description: 'Merge although both stand in one photo.' }),
    revisions: z.record(Id, Id).optional().meta({ description: 'eventId of one or both as they were read, by personId.' }),
  })
  .meta({
    id: 'MergePeopleRequest',
    examples: [{ fromId: '0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17', intoId: '0199d2a4-8f20-7d44-b6c2-91e05a7d3c60', actor: 'anna' }],
  });
export type MergePeopleRequest = z.input<typeof MergePeopleRequest>;

export const MergePeopleResult = z.object({ ...labelChangeFields, movedFaces: z.int().min(0) }).meta({ id: 'MergePeopleResult' });
export type MergePeopleResult = z.infer<typeof MergePeopleResult>;

const splitFields = {
  faceIds: z
    .array(Id)
    .min(1)
    .max(FACES_PER_REQUEST_MAX)
    .meta({ description: 'Faces labelled as the person that are somebody else.' }),
  actor: Actor,
  allowSamePhoto: z.boolean().optional().meta({ description: 'Split although the other stands in one of the photos already.' }),
  revision: PersonRevision.optional(),
  revisions: Revisions,
};

export const SplitPersonRequest = z
  .union([
    z.strictObject({ intoId: Id.meta({ description: 'Who they are.' }), ...splitFields }),
    z.strictObject({
      displayName: DisplayName.meta({ description: 'The name of a new person whose they are.' }),
      ...splitFields,
    }),
  ])
  .meta({
    id: 'SplitPersonRequest',
    examples: [{ displayName: 'Ada King', faceIds: ['0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17'], actor: 'anna' }],
  });

export const SplitPersonResult = z
  .object({ ...labelChangeFields, personId: Id.meta({ description: 'Whose faces they are now.' }), movedFaces: z.int().min(0) })
  .meta({ id: 'SplitPersonResult' });

export const SplitProposalResource = z
  .object({
    proposal: orNull(
      z.object({
        parts: z.tuple([z.array(Id), z.array(Id)]).meta({ description: 'Face ids of both halves, the larger first.' }),
        silhouette: z.number().min(-1).max(1).meta({ description: 'How clear the cut is.' }),
        looksLike: z.enum(['one_person', 'two_people', 'unclear']),
      }),
    ).meta({ description: 'null for fewer than two faces to compare.' }),
  })
  .meta({ id: 'SplitProposal', description: 'The likeliest way to cut a person in two.' });
