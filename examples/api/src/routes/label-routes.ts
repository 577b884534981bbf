import type { LabelChange, PhotoLibrary } from '@photoorg/sdk';
import type { z } from 'zod';
import { toPageResource } from '../resources/page-resource.ts';
import { FaceParams } from '../schemas/face.ts';
import {
  BatchParams,
  ClearLabelQuery,
  ClearPhotoQuery,
  IdentityBatchPage,
  IgnoreFacesRequest,
  IgnoreRestRequest,
  LabelChangeResource,
  LabelFaceRequest,
  LabelFacesRequest,
  LabelPhotoRequest,
  ListBatchesQuery,
  NamesPlacedResource,
  PhotoPersonParams,
  PlaceNamesRequest,
  RejectPersonRequest,
  UndoRequest,
} from '../schemas/label.ts';
import { PhotoParams } from '../schemas/photo.ts';
import { jsonRoute } from './route.ts';

export const labelFace = jsonRoute({
  method: 'post',
  path: '/faces/{faceId}/label',
  operationId: 'labelFace',
  tag: 'Faces',
  summary: 'Say who the face is',
  description: 'A guess or an import never overwrites what a person confirmed, and never a person who was rejected.',
  idempotencyKey: 'accepted',
  params: FaceParams,
  body: LabelFaceRequest,
  resource: LabelChangeResource,
  problems: [
    'FACE_NOT_FOUND',
    'PERSON_NOT_FOUND',
    'PERSON_MERGED',
    'PERSON_ALREADY_IN_PHOTO',
    'LABEL_CHANGED',
    'LABEL_CONFIRMED',
    'FACE_REJECTED_PERSON',
    'INVALID_INPUT',
  ],
  async handle({ library, params, body }) {
    return label(library, params.faceId, body);
  },
});

function label(library: PhotoLibrary, faceId: string, request: z.output<typeof LabelFaceRequest>): Promise<LabelChange> {
  if (request.source !== 'human_confirmed') return library.labels.apply({ faceId, ...request });
  const { personId, actor, allowSamePhoto, provenance, revision } = request;
  return library.labels.confirm({ faceId, personId, actor, allowSamePhoto, provenance, revision });
}

export const labelFaces = jsonRoute({
  method: 'post',
  path: '/faces/label',
  operationId: 'labelFaces',
  tag: 'Faces',
  summary: 'Confirm a whole group of faces at once',
  idempotencyKey: 'accepted',
  body: LabelFacesRequest,
  resource: LabelChangeResource,
  problems: ['FACE_NOT_FOUND', 'PERSON_NOT_FOUND', 'PERSON_MERGED', 'PERSON_ALREADY_IN_PHOTO', 'LABEL_CHANGED', 'INVALID_INPUT'],
  async handle({ library, body }) {
    return library.labels.confirmMany(body);
  },
});

export const labelPhoto = jsonRoute({
  method: 'post',
  path: '/photos/{photoId}/people',
  operationId: 'labelPhoto',
  tag: 'Photos',
  summary: 'Say that somebody is on the photo, without a face',
  idempotencyKey: 'accepted',
  params: PhotoParams,
  body: LabelPhotoRequest,
  resource: LabelChangeResource,
  problems: ['PHOTO_NOT_FOUND', 'PERSON_NOT_FOUND', 'INVALID_INPUT'],
  async handle({ library, params, body }) {
    return library.labels.confirmPhoto({ ...params, ...body });
  },
});

export const clearPhotoLabel = jsonRoute({
  method: 'delete',
  path: '/photos/{photoId}/people/{personId}',
  operationId: 'clearPhotoLabel',
  tag: 'Photos',
  summary: 'Take that back',
  idempotencyKey: 'accepted',
  params: PhotoPersonParams,
  query: ClearPhotoQuery,
  resource: LabelChangeResource,
  problems: ['PHOTO_NOT_FOUND', 'PERSON_NOT_FOUND', 'INVALID_INPUT'],
  async handle({ library, params, query }) {
    return library.labels.clearPhoto({ ...params, ...query });
  },
});

export const placeNames = jsonRoute({
  method: 'post',
  path: '/people/place-names',
  operationId: 'placeNames',
  tag: 'People',
  summary: 'Find the faces of names that photos carry without saying where',
  description:
    'Solved over all photos together; never against what a person said. Takes minutes for 50,000 faces. Undo it with the batchId.',
  idempotencyKey: 'accepted',
  body: PlaceNamesRequest,
  resource: NamesPlacedResource,
  problems: ['INVALID_INPUT'],
  async handle({ library, body }) {
    return library.placeNames(body);
  },
});

export const clearLabel = jsonRoute({
  method: 'delete',
  path: '/faces/{faceId}/label',
  operationId: 'clearLabel',
  tag: 'Faces',
  summary: 'Take the label off the face',
  idempotencyKey: 'accepted',
  params: FaceParams,
  query: ClearLabelQuery,
  resource: LabelChangeResource,
  problems: ['FACE_NOT_FOUND', 'LABEL_CHANGED', 'INVALID_INPUT'],
  async handle({ library, params, query }) {
    return library.labels.clear({ faceId: params.faceId, ...query });
  },
});

export const rejectPerson = jsonRoute({
  method: 'post',
  path: '/faces/{faceId}/reject',
  operationId: 'rejectPerson',
  tag: 'Faces',
  summary: 'Say who the face is not',
  description: 'It sticks: the person is not proposed for this face again. A label of that person is cleared.',
  idempotencyKey: 'accepted',
  params: FaceParams,
  body: RejectPersonRequest,
  resource: LabelChangeResource,
  problems: ['FACE_NOT_FOUND', 'PERSON_NOT_FOUND', 'PERSON_MERGED', 'LABEL_CHANGED', 'INVALID_INPUT'],
  async handle({ library, params, body }) {
    return library.labels.reject({ faceId: params.faceId, ...body });
  },
});

export const ignoreRestOfPhoto = jsonRoute({
  method: 'post',
  path: '/photos/{photoId}/ignore-rest',
  operationId: 'ignoreRestOfPhoto',
  tag: 'Faces',
  summary: 'Set the faces of a photo aside that nobody named',
  idempotencyKey: 'accepted',
  params: PhotoParams,
  body: IgnoreRestRequest,
  resource: LabelChangeResource,
  problems: ['PHOTO_NOT_FOUND', 'INVALID_INPUT'],
  async handle({ library, params, body }) {
    return library.labels.ignoreRest({ photoId: params.photoId, ...body });
  },
});

export const ignoreFaces = jsonRoute({
  method: 'post',
  path: '/faces/ignore',
  operationId: 'ignoreFaces',
  tag: 'Faces',
  summary: 'Set strangers aside for good, or take them back',
  idempotencyKey: 'accepted',
  body: IgnoreFacesRequest,
  resource: LabelChangeResource,
  problems: ['FACE_NOT_FOUND', 'LABEL_CHANGED', 'INVALID_INPUT'],
  async handle({ library, body }) {
    return library.labels.ignore(body);
  },
});

export const listBatches = jsonRoute({
  method: 'get',
  path: '/identity-batches',
  operationId: 'listBatches',
  tag: 'People',
  summary: 'What was said about faces and people, batch by batch, newest first',
  query: ListBatchesQuery,
  resource: IdentityBatchPage,
  problems: ['INVALID_INPUT'],
  async handle({ library, query, signal }) {
    return toPageResource(await library.labels.batches({ ...query, signal }), (batch) => ({
      ...batch,
      createdAt: batch.createdAt.toISOString(),
    }));
  },
});

export const undoBatch = jsonRoute({
  method: 'post',
  path: '/identity-batches/{batchId}/undo',
  operationId: 'undoBatch',
  tag: 'People',
  summary: 'Undo a change of labels or people',
  description: 'Takes back everything that was written under this batchId: one label, a bulk confirmation, a merge.',
  idempotencyKey: 'accepted',
  params: BatchParams,
  body: UndoRequest,
  resource: LabelChangeResource,
  problems: ['EVENT_NOT_FOUND', 'UNDO_CONFLICT', 'INVALID_INPUT'],
  async handle({ library, params, body }) {
    return library.labels.undo({ batchId: params.batchId, actor: body.actor });
  },
});
