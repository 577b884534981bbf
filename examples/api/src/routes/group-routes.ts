import { toFaceResource } from '../resources/face-resource.ts';
import { toPageResource } from '../resources/page-resource.ts';
import { FacePage } from '../schemas/face.ts';
import {
  FaceGroupPage,
  GroupFacesQuery,
  GroupParams,
  ListGroupsQuery,
  MarkStrangersRequest,
  MergedGroup,
  MergeGroupsRequest,
  NamedGroupResource,
  NameGroupRequest,
  TakenOut,
  TakeOutRequest,
} from '../schemas/group.ts';
import { LabelChangeResource } from '../schemas/label.ts';
import { jsonRoute } from './route.ts';

export const listGroups = jsonRoute({
  method: 'get',
  path: '/groups',
  operationId: 'listGroups',
  tag: 'Faces',
  summary: 'Groups of faces that seem to show one person and wait for a name',
  description: 'The largest first. Groups all new faces first: after a large import it takes a while.',
  query: ListGroupsQuery,
  resource: FaceGroupPage,
  problems: ['INVALID_INPUT'],
  async handle({ library, query, signal }) {
    return toPageResource(await library.groups.list({ ...query, signal }), (group) => group);
  },
});

export const listGroupFaces = jsonRoute({
  method: 'get',
  path: '/groups/{groupId}/faces',
  operationId: 'listGroupFaces',
  tag: 'Faces',
  summary: 'The faces of a group that wait for a name',
  params: GroupParams,
  query: GroupFacesQuery,
  resource: FacePage,
  problems: ['GROUP_NOT_FOUND', 'INVALID_INPUT'],
  async handle({ library, params, query, signal }) {
    return toPageResource(await library.groups.faces(params.groupId, { ...query, signal }), toFaceResource);
  },
});

export const nameGroup = jsonRoute({
  method: 'post',
  path: '/groups/{groupId}/name',
  operationId: 'nameGroup',
  tag: 'Faces',
  summary: 'Say who a group is',
  description: 'Confirms its faces that wait for a name, as one batch. Undo it with the batchId.',
  idempotencyKey: 'accepted',
  params: GroupParams,
  body: NameGroupRequest,
  resource: NamedGroupResource,
  problems: ['GROUP_NOT_FOUND', 'PERSON_NOT_FOUND', 'PERSON_AMBIGUOUS', 'PERSON_ALREADY_IN_PHOTO', 'INVALID_INPUT'],
  async handle({ library, params, body }) {
    return library.groups.name(params.groupId, body);
  },
});

export const markStrangers = jsonRoute({
  method: 'post',
  path: '/groups/{groupId}/strangers',
  operationId: 'markStrangers',
  tag: 'Faces',
  summary: 'Set a group aside: nobody needs to know who it is',
  description: 'Undo it with the batchId.',
  idempotencyKey: 'accepted',
  params: GroupParams,
  body: MarkStrangersRequest,
  resource: LabelChangeResource,
  problems: ['GROUP_NOT_FOUND', 'INVALID_INPUT'],
  async handle({ library, params, body }) {
    return library.groups.ignore(params.groupId, body);
  },
});

export const mergeGroups = jsonRoute({
  method: 'post',
  path: '/groups/merge',
  operationId: 'mergeGroups',
  tag: 'Faces',
  summary: 'Several groups are one person',
  description:
    'It sticks. Refused for groups that stand in one photo, or are named as different people. Undo it with the batchId.',
  idempotencyKey: 'accepted',
  body: MergeGroupsRequest,
  resource: MergedGroup,
  problems: ['GROUP_NOT_FOUND', 'GROUPS_APART', 'INVALID_INPUT'],
  async handle({ library, body: { groupIds, actor } }) {
    return library.groups.merge(groupIds, { actor });
  },
});

export const takeOutOfGroups = jsonRoute({
  method: 'post',
  path: '/groups/take-out',
  operationId: 'takeOutOfGroups',
  tag: 'Faces',
  summary: 'Faces are somebody else than the rest of their groups',
  description: 'It sticks. Undo it with the batchId.',
  idempotencyKey: 'accepted',
  body: TakeOutRequest,
  resource: TakenOut,
  problems: ['FACE_NOT_FOUND', 'INVALID_INPUT'],
  async handle({ library, body: { faceIds, actor } }) {
    return { ...(await library.groups.takeOut(faceIds, { actor })), faceIds };
  },
});
