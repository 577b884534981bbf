import { z } from 'zod';
import { Actor, FACES_PER_REQUEST_MAX, Id, NAME_LENGTH_MAX, orNull, text } from './common.ts';
import { IgnoredReason } from './face.ts';
import { labelChangeFields } from './label.ts';
import { pageOf, pageQuery, queryInteger } from './query.ts';

const GROUPS_PER_MERGE_MAX = 100;
const SIZE_DEFAULT = 2;
const SIZE_MAX = 1_000_000;

export const FaceGroupResource = z
  .object({
    groupId: Id.meta({ description: 'Stays while the group keeps most of its faces.' }),
    faces: z.int().min(0).meta({ description: 'Faces that wait for a name.' }),
    photos: z.int().min(0).meta({ description: 'Photos that they are in.' }),
    coverFaceIds: z.array(Id).meta({ description: 'Up to four of them, the clearest first.' }),
    namedFaces: z.int().min(0).meta({ description: 'Faces of the group that are named already.' }),
    person: orNull(z.object({ personId: Id, displayName: z.string() })).meta({ description: 'Whom those are said to be.' }),
  })
  .meta({ id: 'FaceGroup', description: 'Faces that seem to show one person.' });

export const FaceGroupPage = pageOf(FaceGroupResource).meta({ id: 'FaceGroupPage' });

export const GroupParams = z.strictObject({ groupId: Id });

const { limit, cursor } = pageQuery;

export const ListGroupsQuery = z.strictObject({
  limit,
  cursor,
  minSize: queryInteger({ min: 1, max: SIZE_MAX })
    .default(SIZE_DEFAULT)
    .meta({ description: 'Only groups of so many faces that wait for a name.' }),
});

export const GroupFacesQuery = z.strictObject({ limit, cursor });

const FaceIds = z.array(Id).min(1).max(FACES_PER_REQUEST_MAX);

const nameFields = { actor: Actor, faceIds: FaceIds.optional().meta({ description: 'Only these of the group.' }) };

export const NameGroupRequest = z
  .union([
    z.strictObject({ personId: Id, ...nameFields }),
    z.strictObject({
      name: text(NAME_LENGTH_MAX).meta({ description: 'A person is made of it when nobody goes by it.' }),
      ...nameFields,
    }),
  ])
  .meta({ id: 'NameGroupRequest', examples: [{ name: 'Ada Lovelace', actor: 'anna' }] });

export const NamedGroupResource = z
  .object({
    ...labelChangeFields,
    personId: Id,
    faceIds: z.array(Id).meta({ description: 'Faces that are named now.' }),
    leftOutFaceIds: z.array(Id).meta({ description: 'Faces that are not: their photo shows the person already.' }),
  })
  .meta({ id: 'NamedGroup' });

export const MarkStrangersRequest = z
  .strictObject({ actor: Actor, reason: IgnoredReason.default('stranger').meta({ description: 'Why it is nobody.' }) })
  .meta({ id: 'MarkStrangersRequest', examples: [{ actor: 'anna' }] });

export const MergeGroupsRequest = z.strictObject({ groupIds: z.array(Id).min(2).max(GROUPS_PER_MERGE_MAX), actor: Actor }).meta({
  id: 'MergeGroupsRequest',
  examples: [{ groupIds: ['0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17', '0199d2a4-8f20-7d44-b6c2-91e05a7d3c60'], actor: 'anna' }],
});

export const MergedGroup = z
  .object({ ...labelChangeFields, groupId: Id })
  .meta({ id: 'MergedGroup', description: 'The group that took in the others.' });

export const TakeOutRequest = z
  .strictObject({ faceIds: FaceIds, actor: Actor })
  .meta({ id: 'TakeOutRequest', examples: [{ faceIds: ['0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17'], actor: 'anna' }] });

export const TakenOut = z
  .object({ ...labelChangeFields, faceIds: z.array(Id) })
  .meta({ id: 'TakenOut', description: 'The faces that left their groups.' });
